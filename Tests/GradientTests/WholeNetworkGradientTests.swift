import Foundation
import Graph
import GraphTestSupport
import Inference
import TestSupport
import Testing

/// The gradients of whole networks are those that PyTorch computes.
struct WholeNetworkGradientTests {
    static let shipped = PackageFolder.file("Scenarios/models/fashion-resnet.onnx")
    static let large = PackageFolder.file(".models/efficientnet-lite0.onnx")

    @Test(.enabled(if: TorchReference.isInstalled, Comment(rawValue: TorchReference.skipMessage)))
    func shippedNetwork() throws {
        let network = try Network(contentsOf: Self.shipped)
        let weights = network.model.graph.initializer.map(\.name)
        try compare(network, [network.input.name] + weights, batch: 3)
    }

    @Test(.enabled(if: TorchReference.isInstalled, Comment(rawValue: TorchReference.skipMessage)))
    func tailOfTheShippedNetwork() throws {
        let network = try Network(contentsOf: Self.shipped).cut(at: "stage1").tail
        try compare(network, [network.input.name], batch: 5)
    }

    @Test(
        .enabled(if: TorchReference.isInstalled, Comment(rawValue: TorchReference.skipMessage)),
        .enabled(
            if: FileManager.default.isReadableFile(atPath: large.path),
            ".models/efficientnet-lite0.onnx is not there: run Tools/models/efficientnet-lite0"
        )
    )
    func efficientNet() throws {
        let network = try Network(contentsOf: Self.large).cut(at: "block4").tail
        try compare(network, [network.input.name], batch: 2)
    }

    private func compare(_ network: Network, _ variables: [String], batch: Int) throws {
        let types = try network.tensorTypes(batch: batch)
        var generator = SeededGenerator(seed: 5)
        func drawn(_ name: String) throws -> (shape: [Int], values: [Float]) {
            let type = try #require(types[name])
            return (type.shape, generator.normals(type.elements))
        }
        let given = [
            network.input.name: try drawn(network.input.name),
            "seed": try drawn(network.output.name),
        ]
        let graph = try network.model.differentiated(
            DifferentiationRequest(
                of: network.output.name,
                withRespectTo: variables,
                seed: .input("seed"),
                alsoComputing: [network.output.name],
                batch: batch
            )
        )
        let initial = Dictionary(
            uniqueKeysWithValues: network.model.graph.initializer.map { ($0.name, $0.floats) }
        )
        let compiled = try InferenceEngine().compile(onnx: graph.serialized(), name: "gradients")
        let outputs = try compiled.run(
            graph.inputs.map { try #require(given[$0]?.values ?? initial[$0] ?? nil) }
        )
        let reference = try TorchReference.gradients(network, variables, given)
        expectClose(outputs[0], reference.output, "output")
        for (index, variable) in variables.enumerated() {
            expectClose(outputs[index + 1], reference.gradients[index], variable)
        }
    }

    /// Within 1e-4 of the largest magnitude: both sum in float32, in different orders.
    private func expectClose(_ values: [Float], _ reference: [Float], _ name: String) {
        let largest = reference.reduce(0) { max($0, abs($1)) }
        let furthest = zip(values, reference).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(values.count == reference.count && largest > 0, "\(name)")
        #expect(furthest <= 1e-4 * largest, "\(name): \(furthest) of \(largest)")
    }
}
