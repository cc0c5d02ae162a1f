import Foundation
import ImageCodecs
import TestSupport
import Testing

@testable import Scenario

@Suite struct ImageDatasetTests {
    let folder: ScenarioFolder

    init() throws { folder = try ScenarioFolder() }

    @Test func readsAFolderOfImages() throws {
        let scenario = try folder.load(ScenarioFolder.fixture("folder"))
        guard case .network(let network) = scenario.workload else {
            Issue.record("not a network")
            return
        }
        let photos = folder.path + "/photos"
        #expect(network.input.resizing == .crop)
        #expect(
            network.dataset
                == .init(
                    files: .folder(images: photos, labels: photos + ".csv"),
                    first: 1,
                    count: 5
                )
        )
        #expect(
            network.calibration
                == .init(files: .folder(images: photos, labels: nil), first: 6, count: 4)
        )
        #expect(scenario.operatingPoints[0].kind == .webp(quality: 60))
    }

    /// With stand-ins for what the repository does not hold.
    @Test func readsTheScenarioOfPhotographs() throws {
        for index in 0..<260 { try folder.write([], "photos/more\(index).jpg") }
        let scenario = try ScenarioLoader.load(
            path: PackageFolder.file("Scenarios/imagenet-lte.json").path,
            overrides: [
                "model.onnx=\(folder.path)/net.onnx", "profile=\(folder.path)/profile.json",
                "dataset={ \"folder\": { \"images\": \"\(folder.path)/photos\" }, \"limit\": 4 }",
            ]
        )
        // Five codes, and eight rate levels of a unit at each of four cuts.
        #expect(scenario.operatingPoints.count == 5 + 4 * 8)
        #expect(scenario.devices.count == 6)
        guard case .network(let network) = scenario.workload else {
            Issue.record("not a network")
            return
        }
        #expect(network.calibration?.first == 4 && network.calibration?.count == 256)
        #expect(!network.dataset.isLabelled)
    }
}
