import Graph
import Inference
import Testing

struct DifferentiationTests {
    /// loss = Σ (w · x + b − t)², of which w and b are initializers.
    private func regression() -> TestGraph {
        var graph = TestGraph()
        graph.input("x", [4, 3])
        graph.input("t", [4, 2])
        graph.constant("w", [3, 2], values: [1, 2, 3, 4, 5, 6])
        graph.constant("b", [2], values: [1, -1])
        graph.node("MatMul", ["x", "w"], ["product"])
        graph.node("Add", ["product", "b"], ["prediction"])
        graph.node("Sub", ["prediction", "t"], ["error"])
        graph.node("ReduceSumSquare", ["error"], ["loss"], [("keepdims", .integer(0))])
        return graph
    }

    @Test func parametersBecomeInputsAndTheLossAnOutput() throws {
        let test = regression()
        let graph = try test.model.differentiated(
            DifferentiationRequest(
                of: "loss",
                withRespectTo: ["b", "w", "x"],
                alsoComputing: ["loss", "prediction"]
            )
        )
        #expect(graph.inputs == ["x", "t", "b", "w"])
        #expect(graph.gradients == ["gradient/b", "gradient/w", "gradient/x"])
        #expect(graph.outputs == ["loss", "prediction"] + graph.gradients)
        #expect(graph.model.graph.input.map(\.name) == graph.inputs)
        #expect(!graph.model.graph.initializer.contains { ["b", "w"].contains($0.name) })
        let compiled = try InferenceEngine().compile(onnx: graph.serialized(), name: "step")
        #expect(compiled.outputs.map(\.shape) == [[], [4, 2], [2], [3, 2], [4, 3]])
    }

    @Test func gradientDescentFindsTheMinimum() throws {
        let test = regression()
        let graph = try test.model.differentiated(
            DifferentiationRequest(
                of: "loss",
                withRespectTo: ["w", "b"],
                alsoComputing: ["loss"]
            )
        )
        let compiled = try InferenceEngine().compile(onnx: graph.serialized(), name: "step")
        let (x, t) = (try #require(test.values["x"]), try #require(test.values["t"]))
        var parameters = try ["w", "b"].map { try #require(test.values[$0]) }
        var losses: [Float] = []
        for _ in 0..<2000 {
            let outputs = try compiled.run([x, t] + parameters)
            losses.append(outputs[0][0])
            for index in parameters.indices {
                for (place, slope) in outputs[index + 1].enumerated() {
                    parameters[index][place] -= 0.03 * slope
                }
            }
        }
        // Four points, four unknowns for each output: a plane goes through all of them.
        #expect(losses[1999] < 1e-3 * losses[0])
    }

    @Test func whatStaysConstantGetsNoGradient() throws {
        let all = try regression().model.differentiated(
            DifferentiationRequest(of: "loss", withRespectTo: ["w", "b"])
        )
        let one = try regression().model.differentiated(
            DifferentiationRequest(of: "loss", withRespectTo: ["b"])
        )
        #expect(one.inputs == ["x", "t", "b"])
        #expect(one.model.graph.initializer.contains { $0.name == "w" })
        #expect(one.model.graph.node.count < all.model.graph.node.count)
    }

    @Test func tensorInBetweenIsAVariableToo() throws {
        var graph = TestGraph()
        graph.input("x", [3])
        // Without a rule, but ahead of the variable.
        graph.node("Floor", ["x"], ["floor"])
        graph.node("Mul", ["floor", "floor"], ["square"])
        graph.node("Exp", ["square"])
        let result = try graph.model.differentiated(
            DifferentiationRequest(of: "y", withRespectTo: ["square"], alsoComputing: ["y"])
        )
        let compiled = try InferenceEngine().compile(onnx: result.serialized(), name: "step")
        let outputs = try compiled.run([[0.5, 1.5, -0.5]])
        #expect(outputs[0] == outputs[1])
    }

    @Test func seedGetsANameThatIsFree() throws {
        var graph = TestGraph()
        graph.input("seed", [3])
        graph.node("Exp", ["seed"], ["seed'"])
        graph.node("Mul", ["seed", "seed'"])
        let result = try graph.model.differentiated(
            DifferentiationRequest(of: "y", withRespectTo: ["seed"], seed: .input("seed"))
        )
        #expect(result.inputs == ["seed", "seed''"])
        let compiled = try InferenceEngine().compile(onnx: result.serialized(), name: "step")
        #expect(try compiled.run([[0, 0, 0], [1, 2, 3]]) == [[1, 2, 3]])
    }

    @Test func roundIsPassedStraightThrough() throws {
        var graph = TestGraph()
        graph.input("x", [3])
        graph.constant("gain", [3], values: [2, 3, 4])
        graph.node("Mul", ["x", "gain"], ["scaled"])
        graph.node("Round", ["scaled"])
        let result = try graph.model.differentiated(
            DifferentiationRequest(of: "y", withRespectTo: ["x"], alsoComputing: ["y"])
        )
        let compiled = try InferenceEngine().compile(onnx: result.serialized(), name: "step")
        #expect(try compiled.run([[0.3, 0.3, 0.3]]) == [[1, 1, 1], [2, 3, 4]])
    }

    @Test func equalMaximaShareTheGradientOfAPool() throws {
        var graph = TestGraph()
        graph.input("x", [1, 1, 1, 4])
        graph.node("MaxPool", ["x"], ["y"], [("kernel_shape", .integers([1, 4]))])
        let result = try graph.model.differentiated(
            DifferentiationRequest(of: "y", withRespectTo: ["x"])
        )
        let compiled = try InferenceEngine().compile(onnx: result.serialized(), name: "step")
        #expect(try compiled.run([[1, 7, 7, 3]]) == [[0, 0.5, 0.5, 0]])
    }

    @Test func sameGraphGivesTheSameBytes() throws {
        let request = DifferentiationRequest(of: "loss", withRespectTo: ["w", "b", "x"])
        let first = try regression().model.differentiated(request).serialized()
        #expect(try regression().model.differentiated(request).serialized() == first)
    }

    // MARK: What is refused

    private func error(
        _ graph: TestGraph,
        _ request: DifferentiationRequest
    ) throws -> GraphError {
        try #require(throws: GraphError.self) { try graph.model.differentiated(request) }
    }

    @Test func operatorWithoutARuleIsNamed() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3])
        graph.node("Elu", ["x"], ["odd"])
        graph.node("Exp", ["odd"])
        let error = try error(graph, DifferentiationRequest(of: "y", withRespectTo: ["x"]))
        #expect(error.kind == .noGradient)
        #expect(error.subject == "node Elu 'odd'")
    }

    @Test func operatorWithoutARuleMayStandBesideTheWay() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3])
        graph.node("Exp", ["x"])
        graph.node("Elu", ["x"], ["odd"])
        _ = try graph.model.differentiated(
            DifferentiationRequest(of: "y", withRespectTo: ["x"], alsoComputing: ["odd"])
        )
    }

    @Test func unknownTensorIsNamed() throws {
        let error = try error(
            regression(),
            DifferentiationRequest(of: "loss", withRespectTo: ["v"])
        )
        #expect(error.kind == .undefinedTensor)
        #expect(error.subject == "tensor 'v'")
    }

    @Test func variableThatDoesNotMatterIsNamed() throws {
        let error = try error(
            regression(),
            DifferentiationRequest(of: "prediction", withRespectTo: ["x", "t"])
        )
        #expect(error.kind == .disconnected)
        #expect(error.subject == "tensor 't'")
    }

    @Test func normalizationWithoutChannelsIsRefused() throws {
        var graph = TestGraph()
        graph.input("x", [4])
        for name in ["scale", "bias", "mean", "variance"] { graph.constant(name, [1], .positive) }
        graph.node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"])
        let error = try error(graph, DifferentiationRequest(of: "y", withRespectTo: ["x"]))
        #expect(error.kind == .noGradient)
        #expect(error.problem.contains("[4], without channels"))
    }

    @Test func oldOperatorSetIsRefused() throws {
        var graph = TestGraph(operatorSet: 8)
        graph.input("x", [2, 3])
        graph.node("Exp", ["x"])
        let error = try error(graph, DifferentiationRequest(of: "y", withRespectTo: ["x"]))
        #expect(error.kind == .noGradient)
    }

    @Test func variableStatisticsAreRefused() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4])
        for name in ["scale", "bias", "mean", "variance"] { graph.constant(name, [3], .positive) }
        graph.node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"])
        let error = try error(graph, DifferentiationRequest(of: "y", withRespectTo: ["mean"]))
        #expect(error.kind == .noGradient)
    }
}
