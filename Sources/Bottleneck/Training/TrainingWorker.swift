import Graph
import Inference
import SimulationCore
import Synchronization

/// A training graph compiled for a few examples, with or without gradients.
final class TrainingWorker: Sendable {
    /// A sample and the level that it is quantised at.
    struct Example: Sendable {
        var sample: Int
        var level: Int
        /// What its noise is drawn for: a place and a step.
        var draw: (place: UInt32, step: UInt32)
        /// λ.
        var rateWeight: Float
        var weight: Float
    }

    struct Result: Sendable {
        /// For each example, in the order of `TrainingGraph.Output`.
        var outputs: [[Float]]
        /// For each parameter; none without gradients.
        var gradients: [[Float]]
    }

    private let batch: Int
    private let seed: UInt64
    /// The place of the examples' inputs and of the parameters among the graph's.
    private let inputs: (examples: [Int], parameters: [Int])
    private let network: Mutex<CompiledNetwork>

    /// - Parameters:
    ///   - layout: Of the graph.
    ///   - batch: How many examples it takes.
    ///   - hasGradients: Whether it computes them.
    ///   - seed: Of the noise.
    ///   - engine: Runs it.
    /// - Throws: `BottleneckError` when an operator has no gradient.
    init(
        _ layout: TrainingLayout,
        batch: Int,
        hasGradients: Bool,
        seed: UInt64,
        engine: InferenceEngine
    ) throws(BottleneckError) {
        (self.batch, self.seed) = (batch, seed)
        var model = try BottleneckError.rethrowing { () throws(GraphError) in
            try TrainingGraph.model(layout, batch: batch)
        }
        let examples = TrainingGraph.Output.allCases.map(\.name)
        if hasGradients {
            let forward = model
            model = try BottleneckError.rethrowing { () throws(GraphError) in
                try forward.differentiated(
                    DifferentiationRequest(
                        of: TrainingGraph.Name.loss,
                        withRespectTo: layout.parameterNames,
                        alsoComputing: examples,
                        batch: batch
                    )
                ).model
            }
        } else {
            model.graph.output = examples.map { name in
                var output = OnnxValueInfoProto()
                output.name = name
                output.type.tensorType.elemType = Int32(OnnxTensorProto.DataType.float.rawValue)
                return output
            }
        }
        let names = model.graph.input.map(\.name)
        func place(_ name: String) -> Int {
            guard let index = names.firstIndex(of: name) else {
                preconditionFailure("the graph reads '\(name)'")
            }
            return index
        }
        inputs = (
            TrainingGraph.Input.allCases.map { place($0.name) },
            layout.parameterNames.map(place)
        )
        let bytes = try BottleneckError.rethrowing { () throws(GraphError) in
            try model.serialized()
        }
        do throws(InferenceError) {
            network = Mutex(
                try engine.compile(
                    onnx: bytes,
                    name: "the training step",
                    shapes: .named([TrainingGraph.Input.tensor.name: [batch] + layout.tensorShape])
                )
            )
        } catch {
            throw BottleneckError(error)
        }
    }

    /// Computes up to as many examples as the graph takes.
    func run(
        _ examples: ArraySlice<Example>,
        of data: TrainingData,
        parameters: [[Float]]
    ) throws(BottleneckError) -> Result {
        let result = network.withLock { network in
            Swift.Result { () throws(InferenceError) in
                for (place, values) in zip(inputs.parameters, parameters) {
                    network.withInput(place) { _ = $0.update(fromContentsOf: values) }
                }
                for input in TrainingGraph.Input.allCases {
                    network.withInput(inputs.examples[input.rawValue]) {
                        fill($0, input, examples, data)
                    }
                }
                try network.infer()
                let count = TrainingGraph.Output.allCases.count
                return Result(
                    outputs: (0..<count).map { output in
                        network.withOutput(output) { Array($0.prefix(examples.count)) }
                    },
                    gradients: (count..<network.outputs.count).map { output in
                        network.withOutput(output) { Array($0) }
                    }
                )
            }
        }
        do throws(InferenceError) {
            return try result.get()
        } catch {
            throw BottleneckError(error)
        }
    }

    /// Writes one input; zeros where there is no example, which has no weight then.
    private func fill(
        _ buffer: UnsafeMutableBufferPointer<Float>,
        _ input: TrainingGraph.Input,
        _ examples: ArraySlice<Example>,
        _ data: TrainingData
    ) {
        let size = buffer.count / batch
        if examples.count < batch { buffer.update(repeating: 0) }
        for (place, example) in examples.enumerated() {
            let part = UnsafeMutableBufferPointer(
                rebasing: buffer[place * size..<(place + 1) * size]
            )
            switch input {
            case .tensor: _ = part.update(fromContentsOf: data.tensors[example.sample])
            case .level:
                part.update(repeating: 0)
                part[example.level] = 1
            case .noise: fillNoise(part, example)
            case .rateWeight: part[0] = example.rateWeight
            case .weight: part[0] = example.weight
            case .logits: _ = part.update(fromContentsOf: data.logits[example.sample])
            case .features: _ = part.update(fromContentsOf: data.features[example.sample])
            }
        }
    }

    /// Uniform over the multiples of 2^-24 in [−½, ½), two from a random word.
    private func fillNoise(_ buffer: UnsafeMutableBufferPointer<Float>, _ example: Example) {
        var draw = RandomDraw(
            seed: seed,
            purpose: .trainingNoise,
            entity: example.draw.place,
            request: example.draw.step
        )
        for index in stride(from: 0, to: buffer.count, by: 2) {
            let word = draw.next()
            buffer[index] = Float(word >> 40) * 0x1p-24 - 0.5
            guard index + 1 < buffer.count else { break }
            buffer[index + 1] = Float((word >> 16) & 0xFF_FFFF) * 0x1p-24 - 0.5
        }
    }
}

extension TrainingLayout {
    /// The parameters' names in the training graph: the unit's, then the steps, then the scales.
    var parameterNames: [String] {
        parameters.map(\.graphName) + [TrainingGraph.Name.logSteps, TrainingGraph.Name.logScales]
    }
}
