import Foundation
import Testing

@testable import Scenario

@Suite struct BottleneckUnitTests {
    private let folder: ScenarioFolder

    init() throws { folder = try ScenarioFolder() }

    @Test func levelsBecomeOperatingPoints() throws {
        let scenario = try folder.load(ScenarioFolder.fixture("units"))
        let net = UnitReference(
            path: folder.path + "/net.bottleneck",
            digest: String(repeating: "07", count: 32),
            tensor: "features",
            levels: 3
        )
        let other = UnitReference(
            path: folder.path + "/other.bottleneck",
            digest: String(repeating: "09", count: 32),
            tensor: "late",
            levels: 2
        )
        #expect(
            scenario.operatingPoints == [
                OperatingPoint(name: "local", kind: .local),
                OperatingPoint(name: "coarse", kind: .unit(net, .level(0))),
                OperatingPoint(name: "between", kind: .unit(net, .level(1.5))),
                OperatingPoint(name: "kilobyte", kind: .unit(net, .bytes(1000))),
                OperatingPoint(name: "all@0", kind: .unit(net, .level(0))),
                OperatingPoint(name: "all@1", kind: .unit(net, .level(1))),
                OperatingPoint(name: "all@2", kind: .unit(net, .level(2))),
                OperatingPoint(name: "some@1", kind: .unit(other, .level(1))),
                OperatingPoint(name: "some@0.25", kind: .unit(other, .level(0.25))),
            ]
        )
        #expect(scenario.devices[0].policy == .deadline([0, 4, 5, 6, 3]))
        #expect(scenario.devices[1].policy == .fixed(5))
        #expect(scenario.devices[2].policy == .fastest([7, 8]))
        #expect(scenario.operatingPoints[3].entryTensor == "features")
    }

    @Test func explanationShowsEveryLevel() throws {
        let explanation = try folder.load(ScenarioFolder.fixture("units")).explanation
        for name in ["all@0", "all@1", "all@2", "some@0.25"] {
            #expect(explanation.contains("\"\(name)\": {"))
        }
        #expect(explanation.contains("\"unit\": \"\(folder.path)/net.bottleneck\""))
        #expect(explanation.contains("\"level\": 0.25"))
        #expect(
            explanation.contains(#""deadline": ["local", "all@0", "all@1", "all@2", "kilobyte"]"#)
        )
        #expect(!explanation.contains("\"levels\""))
    }

    @Test func explanationNamesTheOnlyLevelOfAGroup() throws {
        let text = try ScenarioFolder.fixture("units")
            .replacing("[1, 0.25]", with: "[1]")
            .replacing(#"{ "fastest": ["some"] }"#, with: #""some""#)
        let scenario = try folder.load(text)
        #expect(scenario.explanation.contains(#""policy": "some@1""#))
        #expect(try folder.load(scenario.explanation).devices == scenario.devices)
    }

    /// Whatever the bytes are, they are read or refused.
    @Test func damagedFilesAreReadOrRefused() throws {
        let bytes = ScenarioFolder.bundle(tensor: "t", levels: 2, hash: 1)
        let path = folder.path + "/damaged"
        for count in 0..<bytes.count {
            try folder.write(Array(bytes.prefix(count)), "damaged")
            guard case .failure(let error) = UnitFile.reference(to: path) else {
                Issue.record("\(count) bytes were taken")
                return
            }
            #expect(error == (count < 8 ? .notABundle : .truncated))
        }
        var taken = 0
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x13
            try folder.write(damaged, "damaged")
            guard case .success = UnitFile.reference(to: path) else {
                #expect(index < bytes.count - 32, "another hash is refused")
                continue
            }
            #expect(index >= 12, "another file format is taken")
            taken += 1
        }
        #expect(taken > 32 && taken < bytes.count - 32)
    }
}
