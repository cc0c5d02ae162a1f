import Foundation
import ImageCodecs
import Links
import SimulationCore
import Testing

@testable import Scenario

@Suite struct ScenarioLoaderTests {
    let folder: ScenarioFolder

    init() throws { folder = try ScenarioFolder() }

    @Test func resolvesAWholeScenario() throws {
        let scenario = try folder.load(ScenarioFolder.fixture("valid"))
        #expect(scenario.name == "fixture")
        #expect(scenario.seed == 7)
        #expect(scenario.duration == .seconds(60))
        #expect(scenario.drain == .seconds(10))
        #expect(scenario.balancer == .powerOfTwoChoices)
        #expect(scenario.profile == folder.path + "/profile.json")
        #expect(scenario.operatingPoints.map(\.name) == ["local", "raw", "jpeg75", "float", "q4"])
        #expect(scenario.operatingPoints[2].kind == .jpeg(quality: 75))
        #expect(scenario.operatingPoints[3].kind == .splitFloat(tensor: "features"))
        #expect(scenario.operatingPoints[4].kind == .splitQuantized(tensor: "features", bits: 4))
        guard case .network(let network) = scenario.workload else {
            Issue.record("not a network")
            return
        }
        #expect(network.input == .init(height: 4, width: 4, channels: 1, mean: 127.5, scale: 128))
        #expect(network.dataset.first == 0 && network.dataset.count == 40)
        #expect(network.calibration?.first == 40 && network.calibration?.count == 256)
    }

    @Test func nothingIsLostForAPolicyThatSendsNothing() throws {
        let scenario = try folder.load(
            ScenarioFolder.fixture("valid"),
            ["devices.robots.timeout=null", "devices.robots.policy=local"]
        )
        #expect(scenario.devices[1].timeout == nil)
    }

    @Test(arguments: ["1e1", "10.0"])
    func wholeNumbersMayHaveAnExponentOrDecimals(count: String) throws {
        let scenario = try folder.load(
            ScenarioFolder.fixture("valid"),
            ["devices.phones.count=\(count)", "seed=\(count)"]
        )
        #expect(scenario.devices[0].count == 10)
        #expect(scenario.seed == 10)
    }

    @Test(arguments: ["photos/../images.idx", "link.idx"])
    func calibrationOverlapsByWhateverPath(path: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link.idx",
            withDestinationPath: "images.idx"
        )
        let idx = #"{ "images": "\#(path)", "labels": "labels.idx" }"#
        #expect(
            try folder.problems(
                ScenarioFolder.fixture("valid"),
                [#"calibration={ "idx": \#(idx), "first": 20 }"#]
            ).first?.contains("samples 0 to 39 are evaluated, too") == true
        )
    }

    @Test func resolvesGroupsAndLinks() throws {
        let scenario = try folder.load(ScenarioFolder.fixture("valid"))
        let phones = scenario.devices[0]
        #expect(phones.hardware == .midrangePhone)
        #expect(phones.link == 0)
        #expect(phones.arrivals == .poisson(rate: 0.5))
        #expect(phones.deadline == .milliseconds(200))
        #expect(phones.policy == .deadline([0, 4, 3]))
        let robots = scenario.devices[1]
        #expect(robots.hardware.factors == .init(inference: 8, coding: 3.5))
        #expect(
            robots.arrivals
                == .closed(concurrency: 1, think: .exponential(mean: .milliseconds(1_500)))
        )
        #expect(robots.timeout == .seconds(2))
        #expect(robots.policy == .fixed(2))
        #expect(scenario.devices[2].link == nil)
        #expect(
            scenario.devices[2].arrivals
                == .periodic(period: 1e9, jitter: .milliseconds(50), phase: nil)
        )
        let up = scenario.links[0].uplink
        #expect(up.delay == .constant(.milliseconds(25)))
        #expect(up.loss == .bernoulli(probability: 0.001))
        #expect(up.retransmission == .init(timeout: .milliseconds(250), attempts: 2))
        #expect(up.queue == .init(bytes: 65_536))
        #expect(up.overhead == .init(perMessage: 40, perPacket: 28))
        #expect(up.offset == .random)
        #expect(scenario.links[1].isShared)
        #expect(scenario.links[1].downlink.capacity == .constant(bitsPerSecond: 54_000_000))
        let edge = scenario.edges[0]
        #expect(edge.count == 2 && edge.slots == 4 && edge.queue == 1024)
        #expect(edge.batch == .init(max: 16, wait: .milliseconds(2)))
        #expect(
            scenario.expectations.map(\.value) == [150_000_000, 0.9, 0]
        )
    }

    @Test func readsTransports() throws {
        let fixture = try ScenarioFolder.fixture("valid")
        func load(_ transport: String) throws -> LinkPath {
            let text = fixture.replacingOccurrences(
                of: "\"retransmit\": { \"timeout\": \"250ms\", \"attempts\": 2 }, ",
                with: ""
            ).replacingOccurrences(
                of: "\"lte\": {",
                with: "\"lte\": { \"transport\": \(transport),"
            )
            let scenario = try folder.load(text)
            #expect(try folder.load(scenario.explanation).links == scenario.links)
            #expect(scenario.explanation.contains("initialWindow") == transport.contains("tcp"))
            return scenario.links[0]
        }
        #expect(try load("\"datagram\"").transport == .datagram)
        #expect(try load("\"tcp\"").transport == .tcp(TCPOptions()))
        let options =
            "{ \"connection\": \"perRequest\", \"initialWindow\": 4, "
            + "\"slowStartAfterIdle\": false, \"buffer\": \"64KiB\" }"
        #expect(
            try load("{ \"tcp\": \(options) }").transport
                == .tcp(
                    TCPOptions(
                        connection: .perRequest,
                        initialWindow: 4,
                        slowStartAfterIdle: false,
                        buffer: 65_536
                    )
                )
        )
    }

    @Test func syntheticWorkHasOneOperatingPoint() throws {
        let scenario = try folder.load(ScenarioFolder.fixture("synthetic"))
        #expect(scenario.name == "s")
        #expect(scenario.operatingPoints == [OperatingPoint(name: "synthetic", kind: .synthetic)])
        #expect(scenario.devices[0].policy == .fixed(0))
        #expect(
            scenario.workload
                == .synthetic(
                    SyntheticWorkload(
                        payloadBytes: 20_000,
                        resultBytes: 100,
                        device: .constant(.milliseconds(5)),
                        edge: .uniform(low: .milliseconds(5), high: .milliseconds(15))
                    )
                )
        )
    }

    @Test func readsTracesOfEveryKind() throws {
        let scenario = try folder.load(ScenarioFolder.fixture("traces"))
        guard case .trace(let rates) = scenario.links[0].uplink.capacity,
            case .trace(let csv) = scenario.links[0].downlink.capacity,
            case .trace(let delays) = scenario.links[0].downlink.delay,
            case .network(let network) = scenario.workload
        else {
            Issue.record("not traces")
            return
        }
        #expect(rates.meanBitsPerSecond == 900_000)
        #expect(scenario.links[0].uplink.delay == rates.latency.map { .trace($0) })
        #expect(scenario.links[0].uplink.offset == .fixed(.milliseconds(1_500)))
        #expect(csv.period == .seconds(5))
        #expect(delays.delay(at: .start) == .milliseconds(20))
        #expect(scenario.devices[0].arrivals == scenario.devices[1].arrivals)
        #expect(
            scenario.devices[2].arrivals == .trace(.counts([3, 0, 2], interval: .seconds(1)))
        )
        #expect(
            scenario.devices[3].arrivals
                == .periodic(period: 1e9 / 3, jitter: .milliseconds(1), phase: .zero)
        )
        #expect(network.input.channels == 3)
        #expect(network.calibration?.first == 100 && network.calibration?.count == 200)
        #expect(scenario.edges[0].profile == folder.path + "/profile.json")
    }

    /// The explanation is a scenario of the same meaning, and its own explanation.
    @Test(arguments: ["valid", "synthetic", "traces", "folder", "units"])
    func explanationIsTheSameScenario(name: String) throws {
        var scenario = try folder.load(ScenarioFolder.fixture(name))
        var again = try ScenarioLoader.load(
            Array(scenario.explanation.utf8),
            file: "other.json",
            base: "/nowhere",
            overrides: []
        )
        #expect(again.explanation == scenario.explanation)
        scenario.source = nil
        again.source = nil
        // They are written elsewhere.
        for index in again.expectations.indices { again.expectations[index].place = "" }
        for index in scenario.expectations.indices { scenario.expectations[index].place = "" }
        #expect(again == scenario)
    }

    @Test func explanationFillsInDefaults() throws {
        let scenario = try folder.load(ScenarioFolder.fixture("synthetic"))
        for part in [
            "\"seed\": 1", "\"drain\": \"10s\"", "\"hardware\": \"host\"", "\"wait\": \"0s\"",
        ] {
            #expect(scenario.explanation.contains(part))
        }
    }

    /// What another process gets decodes to the same scenario.
    @Test func sourceCarriesTheScenario() throws {
        let text = try ScenarioFolder.fixture("valid")
        let scenario = try folder.load(text, ["devices.phones.count=3", "seed=11"])
        let source = try JSONDecoder().decode(
            ScenarioSource.self,
            from: JSONEncoder().encode(scenario.source)
        )
        #expect(try ScenarioLoader.load(source: source) == scenario)
    }

    @Test func loadsAFileByPath() throws {
        try folder.write(Array(ScenarioFolder.fixture("synthetic").utf8), "city.v2.json")
        let scenario = try ScenarioLoader.load(path: folder.path + "/./city.v2.json")
        #expect(scenario.name == "city")
        #expect(scenario.source?.baseDirectory == folder.path)
    }

    @Test func missingFileIsAProblem() {
        #expect {
            try ScenarioLoader.load(path: folder.path + "/none.json")
        } throws: { error in
            let path = folder.path + "/none.json"
            return "\(error)" == "\(path): there is no file \(path); "
                + "write the path of a scenario file, such as Scenarios/quickstart.json"
        }
    }

    @Test func catalogNamesItsSources() {
        #expect(Set(Hardware.catalog.map(\.name)).count == Hardware.catalog.count)
        for hardware in Hardware.catalog {
            #expect(hardware.source.count > 20)
            #expect(hardware.factors.inference > 0 && hardware.factors.coding > 0)
            #expect(hardware.power.idle <= hardware.power.compute)
        }
        #expect(Hardware.catalog.filter(\.needsOwnProfile) == [.graphicsServer])
    }
}
