import Graph
import Testing

@testable import Bottleneck

@Suite struct SearchVerdictTests {
    private static let choice = SplitCandidate(
        point: SplitPoint(
            tensor: "waist",
            type: TensorType(element: .float, shape: [1, 8, 7, 7]),
            head: Cost(multiplyAccumulates: 90, parameters: 0),
            tail: Cost(multiplyAccumulates: 10, parameters: 0)
        ),
        bytes: 17,
        encoderOperations: 1
    )

    private static func text(
        _ budget: SplitSearch.Budget,
        _ rows: [(bytes: Double, divergence: Double)],
        divergence: Double = 0.04
    ) -> String? {
        SearchVerdict(budget: budget, choice: choice, divergence: divergence).text(
            rows.map { bytes, divergence in
                .init(level: 0, bytes: bytes, divergence: divergence, agreement: 1, top1: nil)
            }
        )
    }

    /// Two rates, of which the bytes at 0.04 nats are the geometric mean.
    private static let rows = [(bytes: 25.0, divergence: 0.08), (bytes: 100, divergence: 0.02)]
    private static let missed =
        "The budget is MISSED; choose a later cut with --split, or allow a larger --divergence."

    @Test(arguments: [(49.0, missed), (51, "The budget is kept.")])
    func `bytes between the measured rates are held against the budget`(
        limit: Double,
        verdict: String
    ) {
        #expect(
            Self.text(.bytes(limit), Self.rows) == """
                Measured: 50.0 bytes at 0.04 nats; estimated were 17.0 bytes.
                \(verdict)
                """
        )
    }

    @Test(arguments: [(0.49, missed), (0.51, "The budget is kept.")])
    func `so is the latency that they make`(limit: Double, verdict: String) throws {
        let model = SplitSearch.LatencyModel(
            deviceRate: 1e12,
            serverRate: 1e12,
            uplink: 1_000,
            roundTrip: 0.1
        )
        let text = try #require(Self.text(.latency(limit, model), Self.rows))
        #expect(text.hasSuffix(verdict), "\(text)")
    }

    @Test func `the rate may be better than asked for, or never good enough`() {
        #expect(
            Self.text(.bytes(30), Self.rows, divergence: 0.1) == """
                Measured: better than 0.1 nats already at the coarsest rate, 25.0 bytes; estimated were 17.0 bytes.
                The budget is kept.
                """
        )
        #expect(
            Self.text(.bytes(1_000), Self.rows, divergence: 0.01) == """
                Measured: not down to 0.01 nats, at best 0.020 nats with 100.0 bytes; estimated were 17.0 bytes.
                \(Self.missed)
                """
        )
    }

    @Test func `nothing is said without a measurement`() {
        #expect(Self.text(.bytes(30), []) == nil)
    }
}
