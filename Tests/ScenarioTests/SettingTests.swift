import Links
import SimulationCore
import Testing

@testable import Scenario

@Suite struct SettingTests {
    let folder: ScenarioFolder
    let text: String

    init() throws {
        folder = try ScenarioFolder()
        text = try ScenarioFolder.fixture("valid")
    }

    @Test func pathsHaveKeysIndicesAndQuotedKeys() {
        #expect(Setting("a.b=1")?.steps == [.key("a"), .key("b")])
        #expect(Setting("a[2].b=x=y")?.steps == [.key("a"), .index(2), .key("b")])
        #expect(Setting("a[2].b=x=y")?.value == "x=y")
        #expect(Setting("expect[\"a.b=c\"]=< 1")?.steps == [.key("expect"), .key("a.b=c")])
        #expect(Setting("a=")?.value == "")
    }

    @Test(arguments: [
        "", "=", "a", ".a=1", "a..b=1", "a[x]=1", "a[1=2", "a[1]b=2", "a.=1", "a[-1]=2",
    ])
    func refusesWhatIsNoSetting(text: String) {
        #expect(Setting(text) == nil)
        #expect(
            folder.problems(self.text, [text]) == [
                "--set \(text): it is not a setting; write PATH=VALUE, such as devices[0].count=3"
            ]
        )
    }

    @Test func changesWhatItNames() throws {
        let scenario = try folder.load(
            text,
            [
                "devices.phones.count=3", "devices[1].queue=9", "duration=20s", "name=\"x\"",
                "edges.edge.batch={\"max\": 2}", "clock=wall", "links.lte.uplink.queue=null",
                "links.lte.uplink.trace=null", "links.lte.uplink.rate=1Mbit/s",
                "expect.latency.p99=< 1s", "expect.throughput=> 1",
                "devices.phones.policy.deadline[1]=raw",
                // Not there, nor what it would be in.
                "precision.confidence=null",
            ]
        )
        #expect(scenario.devices.map(\.count) == [3, 1, 2])
        #expect(scenario.devices[1].queue == 9)
        #expect(scenario.duration == .seconds(20))
        #expect(scenario.name == "x")
        #expect(scenario.clock == .wall)
        #expect(scenario.edges[0].batch == .init(max: 2))
        #expect(scenario.links[0].uplink.queue == .init())
        #expect(scenario.links[0].uplink.capacity == .constant(bitsPerSecond: 1_000_000))
        #expect(scenario.expectations.map(\.path).last == "throughput")
        #expect(scenario.expectations[0].value == 1e9)
        #expect(scenario.devices[0].policy == .deadline([0, 1, 3]))
        #expect(scenario.precision == nil)
    }

    @Test func makesObjectsOnTheWay() throws {
        let scenario = try folder.load(text, ["links.lte.downlink.retransmit.attempts=7"])
        #expect(scenario.links[0].downlink.retransmission.attempts == 7)
    }

    @Test(arguments: [
        (
            "devices.phnes.count=3",
            "--set devices.phnes.count=3: devices: no element is named \"phnes\"; write \"phones\""
        ),
        (
            "devices[3].count=3",
            "--set devices[3].count=3: devices: there is no element [3]; "
                + "write a number from 0 to 2"
        ),
        (
            "seed.x=3",
            "--set seed.x=3: seed: the number 7 has no part \"x\"; "
                + "correct the path of the setting"
        ),
        (
            "devices.phones.count=0",
            "--set devices.phones.count=0: devices[0].count: 0 is out of range; "
                + "write a whole number from 1 to 10000000"
        ),
        (
            "name=2024",
            "--set name=2024: name: the number 2024 cannot stand here; "
                + "write a name; as text it needs quotes: --set 'name=\"2024\"'"
        ),
        (
            "devices.phones.link=true",
            "--set devices.phones.link=true: devices[0].link: true cannot stand here; write the "
                + "name of a link; as text it needs quotes: --set 'devices.phones.link=\"true\"'"
        ),
        (
            "clock=3",
            "--set clock=3: clock: the number 3 cannot stand here; "
                + "write one of \"virtual\", \"wall\""
        ),
        (
            "devices.phones.cuont=1",
            "--set devices.phones.cuont=1: devices[0]: unknown key \"cuont\"; "
                + "remove it: \"count\" is there already"
        ),
        (
            "edges[0]={\"nam\": 1}",
            "--set edges[0]={\"nam\": 1}: edges[0]: unknown key \"nam\"; write \"name\""
        ),
    ])
    func problemsNameTheSetting(setting: String, problem: String) {
        #expect(folder.problems(text, [setting]).first == problem)
    }
}
