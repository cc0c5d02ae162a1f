import Graph
import ImageCodecs
import TestSupport
import Testing

@testable import Bottleneck

@Suite struct EvaluationRunTests {
    /// Gray noise of `side` × `side`.
    private func images(_ count: Int, side: Int) -> ImageSet {
        ImageSet(title: "noise", names: (0..<count).map { "\($0)" }, labels: nil) { index in
            var generator = SeededGenerator(seed: UInt64(index))
            let values = generator.normals(side * side).map { min(max(100 + 40 * $0, 0), 255) }
            return PixelImage(
                width: side,
                height: side,
                channels: .gray,
                samples: values.map { UInt8($0) }
            )
        }
    }

    private func run(_ network: Network, _ bundle: BottleneckBundle) -> EvaluationRun {
        EvaluationRun(
            network: network,
            candidates: [.init(name: "unit", bundle: bundle, bytes: 1)],
            engine: TrainingFixture.engine
        )
    }

    @Test(arguments: ["encoder", "decoder", "entropy model"])
    func `a bundle whose parts do not fit each other is refused`(part: String) throws {
        let fixture = try BundleFixture()
        var bundle = fixture.bundle
        switch part {
        case "encoder":
            bundle.unit.encoder = try BundleFixture.layer(from: 4, to: 2, seed: 1).serialized()
        case "decoder":
            bundle.unit.decoder = try BundleFixture.layer(from: 2, to: 4, seed: 1).serialized()
        default:
            bundle.unit.encoder = try BundleFixture.layer(from: 3, to: 4, seed: 1).serialized()
            bundle.unit.decoder = try BundleFixture.layer(from: 4, to: 3, seed: 1).serialized()
        }
        let few = images(2, side: 6)
        let error = #expect(throws: BottleneckError.self) {
            try run(fixture.network, bundle).evaluation(on: few, fittedTo: few)
        }
        #expect(error?.subject.hasPrefix("unit") == true)
        #expect(error?.description.contains(part) == true)
    }
}
