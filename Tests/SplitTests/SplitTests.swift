import Foundation
import Graph
import GraphTestSupport
import Inference
import TestSupport
import Testing

/// Head then tail is the network, wherever it is cut.
@Suite struct SplitTests {
    /// Of the largest logit: room for kernels that the engine fuses across the cut when uncut.
    static let tolerance: Float = 1e-4

    static let shipped = PackageFolder.file("Scenarios/models/fashion-resnet.onnx")

    @Test(
        .enabled(if: LightNetworks.areFetched, Comment(rawValue: LightNetworks.skipMessage)),
        arguments: LightNetworks.names
    )
    func headThenTailIsTheLightNetwork(name: String) throws {
        // Three of them have dense layers with nine tenths of all weights, which take the time of all the rest.
        let network = try LightNetworks.load(name)
            .withDenseLayers(of: 4096, narrowedTo: 256)
            .withoutFinalSoftmax()
            .withRandomWeights(seed: 1)
        try check(network)
    }

    @Test(
        .enabled(
            if: FileManager.default.isReadableFile(atPath: shipped.path),
            "Scenarios/models/fashion-resnet.onnx is not there"
        )
    )
    func headThenTailIsTheShippedNetwork() throws {
        try check(try Network(contentsOf: Self.shipped).withoutFinalSoftmax())
    }

    private func check(_ network: Network) throws {
        let comparison = try SplitComparison(network, engine: try InferenceEngine())
        let points = try network.splitPoints()
        #expect(points.count >= 5)
        for point in points {
            let (same, exchanged) = try comparison.differences(at: point)
            #expect(same.relative <= Self.tolerance, "\(point.tensor)")
            #expect(exchanged.relative > Self.tolerance, "\(point.tensor), two channels exchanged")
        }
    }
}
