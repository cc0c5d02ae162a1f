import Foundation

extension OnnxModelProto {
    /// The graph of the gradients that `request` asks for, by reverse accumulation.
    ///
    /// Every operator has a rule of its own (`GradientBuilder.differentiate`); `Round` is passed
    /// straight through (Bengio et al., https://arxiv.org/abs/1308.3432).
    ///
    ///     let step = try loss.differentiated(
    ///         DifferentiationRequest(
    ///             of: "loss",
    ///             withRespectTo: ["scale"],
    ///             alsoComputing: ["loss"],
    ///             batch: 32
    ///         )
    ///     )
    ///     let network = try engine.compile(onnx: step.serialized(), name: "training step")
    ///     let outputs = try network.run([images, scale])  // [loss, gradient for scale]
    ///
    /// - Throws: `GraphError`: a name that the graph does not have; a variable that the target does
    ///   not depend on; an operator on the way that has no rule, named with its node; what shape
    ///   inference throws.
    package func differentiated(
        _ request: DifferentiationRequest
    ) throws(GraphError) -> DifferentiatedGraph {
        try requireOperatorSet()
        let inputs = try typedInputs(request)
        let shapes = try ShapeInference(graph, inputs: inputs)
        try require(request, in: shapes)
        let active = try graph.differentiableTensors(
            dependingOn: request.variables,
            shapes: shapes
        )
        var builder = GradientBuilder(
            graph,
            shapes: shapes,
            operatorSet: operatorSet,
            active: active
        )
        let seed = try builder.seed(request)
        for node in graph.node.reversed() where node.readTensors.contains(where: active.contains) {
            try builder.differentiate(node)
        }
        let gradients = try builder.gradients(for: request.variables)
        return try assembled(request, builder, seed: seed, gradients: gradients)
    }

    private func assembled(
        _ request: DifferentiationRequest,
        _ builder: GradientBuilder,
        seed: String?,
        gradients: [String]
    ) throws(GraphError) -> DifferentiatedGraph {
        let constants = Set(graph.constantNames)
        let inputs =
            graph.input.map(\.name).filter { !constants.contains($0) }
            + request.variables.filter(constants.contains) + (seed.map { [$0] } ?? [])
        let outputs = request.forwardTensors + gradients
        var model = self
        model.irVersion = max(irVersion, 4)
        model.graph.node += builder.nodes
        model.graph.initializer += builder.constants
        model.graph.initializer.removeAll { inputs.contains($0.name) }
        model.graph.valueInfo = []
        model.graph.input = inputs.map { builder.value($0) }
        model.graph.output = outputs.map { builder.value($0) }
        model.graph.keepOnlyWhatOutputsNeed()
        return DifferentiatedGraph(
            model: model,
            inputs: inputs,
            outputs: outputs,
            gradients: gradients
        )
    }

    // MARK: What is asked for

    /// The version of the standard operators.
    private var operatorSet: Int {
        Int(opsetImport.first { $0.domain.isEmpty || $0.domain == "ai.onnx" }?.version ?? 1)
    }

    private func requireOperatorSet() throws(GraphError) {
        // Where, Sign and Erf came with 9; broadcasting was another one before 7.
        guard operatorSet >= 9 else {
            throw GraphError(
                .noGradient,
                "network '\(graph.name)'",
                "its operator set \(operatorSet) is too old to differentiate",
                remedy: "export it with operator set 13 or later"
            )
        }
    }

    private func typedInputs(
        _ request: DifferentiationRequest
    ) throws(GraphError) -> [String: TensorType] {
        let constants = Set(graph.constantNames)
        var types: [String: TensorType] = [:]
        for input in graph.input where !constants.contains(input.name) {
            let stored = input.type.tensorType
            var shape = request.shapes[input.name] ?? stored.shape.dim.map { Int($0.dimValue) }
            if let first = shape.first, first <= 0 { shape[0] = request.batch }
            guard shape.allSatisfy({ $0 > 0 }) else {
                throw GraphError(
                    .unknownDimension,
                    "input '\(input.name)'",
                    "its shape \(shape) is not fixed",
                    remedy: "state its shape when asking for the gradient"
                )
            }
            let element = OnnxTensorProto.DataType(rawValue: Int(stored.elemType)) ?? .undefined
            types[input.name] = TensorType(element: element, shape: shape)
        }
        return types
    }

    private func require(
        _ request: DifferentiationRequest,
        in shapes: ShapeInference
    ) throws(GraphError) {
        for name in [request.target] + request.variables + request.forwardTensors
        where shapes.types[name] == nil {
            throw GraphError(
                .undefinedTensor,
                "tensor '\(name)'",
                "the graph that is to be differentiated has no such tensor",
                remedy: "name one of its inputs, initializers or node outputs"
            )
        }
        precondition(
            Set(request.variables).count == request.variables.count,
            "a variable is named twice"
        )
    }
}
