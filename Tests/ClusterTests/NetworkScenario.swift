import ImageCodecs
import Cluster
import Scenario
import SimulationCore

/// A network of made-up costs and outcomes: local (20 ms, 60 % right), float split (40 kB, 90 %)
/// and 4-bit split (5 kB, 80 %).
enum NetworkScenario {
    static let points = [
        OperatingPoint(name: "local", kind: .local),
        OperatingPoint(name: "float", kind: .splitFloat(tensor: "cut")),
        OperatingPoint(name: "coarse", kind: .splitQuantized(tensor: "cut", bits: 4)),
    ]

    /// Ten samples of class 0; the first are classified right.
    static let outcomes = OutcomeTable(
        outcomes: [(0, 6), (40_000, 9), (5_000, 8)].map { bytes, correct in
            (0..<10).map {
                .init(payloadBytes: bytes, prediction: $0 < correct ? 0 : 1, margin: 1)
            }
        },
        labels: Array(repeating: 0, count: 10),
        classes: 2
    )

    static let profile = ServiceProfile(
        host: .init(processor: "none", cores: 1, engine: "none"),
        network: "",
        command: "",
        measurements: [
            measured(.head, "network", 20), measured(.head, "cut", 2), measured(.tail, "cut", 4),
            measured(.encode, "cut float32", 1), measured(.encode, "cut 4 bit", 1),
            measured(.decode, "cut float32", 1), measured(.decode, "cut 4 bit", 1),
        ]
    )

    private static func measured(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        _ milliseconds: Int64
    ) -> ServiceProfile.Measurement {
        .init(
            stage: stage,
            key: key,
            batch: 1,
            busySlots: 1,
            nanoseconds: [milliseconds * 1_000_000]
        )
    }

    static func hardware(inference: Double, coding: Double) -> Hardware {
        Hardware(
            name: "test",
            factors: .init(inference: inference, coding: coding),
            power: .init(idle: 0.5, compute: 2.5, transmit: 1),
            source: "made up"
        )
    }

    static func scenario(
        policy: DeviceGroup.Policy,
        deadline: SimulationDuration? = nil,
        timeout: SimulationDuration? = nil,
        path: LinkPath = TestScenario.path(),
        period: SimulationDuration = .milliseconds(500),
        duration: SimulationDuration = .seconds(20)
    ) -> Scenario {
        Scenario(
            name: "network",
            duration: duration,
            drain: .seconds(1000),
            workload: .network(
                NetworkWorkload(
                    onnx: "",
                    input: .init(height: 1, width: 1, channels: 1, mean: 0, scale: 1),
                    dataset: .init(files: .idx(images: "", labels: ""), first: 0, count: 10)
                )
            ),
            operatingPoints: points,
            links: [path],
            devices: [
                TestScenario.group(
                    TestScenario.every(period),
                    timeout: timeout,
                    policy: policy,
                    deadline: deadline
                )
            ],
            edges: [TestScenario.edge()]
        )
    }

    static func run(_ scenario: Scenario, outcomes: OutcomeTable = outcomes) throws -> RunResult {
        let times = try ServiceTimes(
            profile: profile,
            edgeProfiles: scenario.edges.map { _ in nil },
            scenario: scenario
        )
        return scenario.run(outcomes: outcomes, times: times)
    }
}
