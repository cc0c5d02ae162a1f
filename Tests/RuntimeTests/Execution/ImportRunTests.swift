import Bottleneck
import BottleneckTestSupport
import Foundation
import Graph
import ImageCodecs
import Testing

@testable import Runtime

@Suite struct ImportRunTests {
    /// The unit of `WaistUnit`, fitted to some of the quickstart's calibration samples.
    private func imported() throws -> BottleneckBundle {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (file, output) in [("encoder.onnx", "latent"), ("decoder.onnx", "y")] {
            let graph = try WaistUnit.identity(output: output).serialized()
            try Data(graph).write(to: folder.appending(path: file))
        }
        let unit = folder.appending(path: "unit.json")
        let text = """
            { "tensor": "waist", "encoder": "encoder.onnx", "decoder": "decoder.onnx",
              "levels": [{ "step": 2 }] }
            """
        try Data(text.utf8).write(to: unit)
        let run = try ImportRun(
            scenario: ProfileFixture.scenarios + "quickstart.json",
            settings: ["calibration.limit=20"]
        )
        return try run.execute(unit: unit.path)
    }

    @Test func `images that tables were fitted to are known in a larger set of theirs`() throws {
        let bundle = try imported()
        #expect(bundle.design.samples == 20)
        let set = ImageSet(
            title: "train-images-idx3-ubyte",
            names: (0..<100).map { "\($0)" },
            labels: nil
        ) { _ in PixelImage(width: 1, height: 1, channels: .gray, samples: [0]) }
        let candidate = EvaluationRun.Candidate(name: "unit", bundle: bundle, bytes: 1)
        let note = try #require(candidate.note(on: [0, 1, 2], of: set))
        #expect(note.hasPrefix("3 of these 3 images may have been used to design unit"))
    }
}
