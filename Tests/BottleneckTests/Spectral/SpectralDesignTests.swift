import Graph
import GraphTestSupport
import ImageCodecs
import Testing

@testable import Bottleneck

/// Networks that are refused before a unit is designed.
@Suite struct SpectralDesignTests {
    /// A classifier cut at `cut`, with `last` operators behind its matrix product.
    private func network(_ last: [String], version: Int = 17) throws -> Network {
        var builder = NetworkBuilder(input: [0, 3, 4, 4])
        builder.constant("weights", [3, 5])
        builder.node("Relu", ["x"], "cut")
        builder.node("GlobalAveragePool", ["cut"], "pooled")
        builder.node("Flatten", ["pooled"], "flat")
        builder.node("MatMul", ["flat", "weights"], "product")
        var name = "product"
        for (index, operation) in last.enumerated() {
            builder.node(operation, [name], "last\(index)")
            name = "last\(index)"
        }
        builder.model.opsetImport[0].version = Int64(version)
        return try builder.network(output: name)
    }

    private func design(_ network: Network) throws(BottleneckError) {
        _ = try SpectralDesign(network: network, tensor: "cut", engine: TrainingFixture.engine)
    }

    /// The tail's slopes are finite at the samples only: the last batch has more room than samples.
    @Test func `gradients are taken at the samples alone`() throws {
        var builder = NetworkBuilder(input: [0, 1, 4, 4])
        builder.constant("least", [1])
        builder.constant("weights", [1, 3])
        builder.model.graph.initializer[0].floatData = [100]
        builder.model.graph.initializer[1].floatData = [1, -1, 2]
        builder.node("Identity", ["x"], "cut")
        builder.node("Sub", ["cut", "least"], "above")
        builder.node("Sqrt", ["above"], "root")
        builder.node("GlobalAveragePool", ["root"], "pooled")
        builder.node("Flatten", ["pooled"], "flat")
        builder.node("MatMul", ["flat", "weights"], "logits")
        let design = try SpectralDesign(
            network: builder.network(output: "logits"),
            tensor: "cut",
            engine: TrainingFixture.engine
        )
        let samples = DesignSamples(count: 3, size: 16) { index, buffer in
            for place in buffer.indices { buffer[place] = Float(101 + index + place) }
        }
        let metric = try design.channelMetric(for: samples).values
        #expect(metric.allSatisfy { $0.isFinite && $0 > 0 }, "\(metric)")
    }

    @Test(arguments: [[], ["Identity"], ["LogSoftmax"], ["Softmax", "Log"]])
    func `logits are taken`(last: [String]) throws {
        try design(network(last))
    }

    @Test(arguments: [["Softmax"], ["Softmax", "Identity"], ["Sigmoid"], ["Softmax", "Flatten"]])
    func `probabilities are refused`(last: [String]) throws {
        let network = try network(last)
        let error = #expect(throws: BottleneckError.self) { try design(network) }
        #expect(error?.reason.contains("probabilities, made by \(last[0])") == true)
        #expect(error?.remedy == "export the network without its last \(last[0])")
        #expect(throws: BottleneckError.self) {
            try MeasurementRun(
                network: network,
                tensor: "cut",
                input: .init(height: 4, width: 4, channels: 3, mean: 0, scale: 1),
                engine: TrainingFixture.engine
            )
        }
    }

    @Test func `an output that is not one number a class is refused`() throws {
        var builder = NetworkBuilder(input: [0, 3, 4, 4])
        builder.node("Relu", ["x"], "cut")
        builder.node("GlobalAveragePool", ["cut"], "pooled")
        let network = try builder.network(output: "pooled")
        let error = #expect(throws: BottleneckError.self) { try design(network) }
        #expect(error?.reason.contains("[1, 3, 1, 1]") == true)
    }

    @Test(arguments: [9, 22])
    func `a network of an operator set that no unit has is refused`(version: Int) throws {
        let network = try network([], version: version)
        let error = #expect(throws: BottleneckError.self) { try design(network) }
        #expect(error?.remedy == "export the network with opset version 17")
        try design(self.network([], version: 18))
    }
}
