import Graph
import GraphTestSupport
import Inference
import TestSupport
import Testing

/// Compares the gradient graph of a `TestGraph` with differences of its forward pass.
struct FiniteDifferences {
    private let compiled: CompiledNetwork
    private let graph: DifferentiatedGraph
    private let values: [[Float]]
    private let seed: [Float]

    /// Two nodes on each side, five-point formula: the error is O(step⁴).
    private static let step: Float = 0x1p-5
    /// Of the largest derivative, or of 1: float32 rounding over the step.
    private static let tolerance = 2e-3
    /// The most values of a variable that are moved.
    private static let mostPoints = 60

    /// Checks the gradient of Σ seed · `target` for every variable.
    static func check(
        _ graph: TestGraph,
        _ variables: [String],
        target: String = "y",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let differences = try FiniteDifferences(graph, variables, target)
        for (index, variable) in variables.enumerated() {
            try differences.check(variable, output: index + 1, sourceLocation)
        }
    }

    private init(_ test: TestGraph, _ variables: [String], _ target: String) throws {
        graph = try test.model.differentiated(
            DifferentiationRequest(
                of: target,
                withRespectTo: variables,
                seed: .input("seed"),
                alsoComputing: [target]
            )
        )
        compiled = try InferenceEngine().compile(onnx: graph.serialized(), name: "gradient")
        #expect(compiled.inputs.count == graph.inputs.count)
        var generator = SeededGenerator(seed: 99)
        let seed = generator.normals(compiled.outputs[0].count)
        self.seed = seed
        values = graph.inputs.map { $0 == "seed" ? seed : test.values[$0] ?? [] }
    }

    private func check(_ variable: String, output: Int, _ location: SourceLocation) throws {
        let input = try #require(graph.inputs.firstIndex(of: variable))
        let gradient = try compiled.run(values)[output].map(Double.init)
        #expect(compiled.outputs[output].shape == compiled.inputs[input].shape)
        let stride = max(1, gradient.count / Self.mostPoints)
        let points = Array(Swift.stride(from: 0, to: gradient.count, by: stride))
        var derivatives: [Double] = []
        for point in points { derivatives.append(try derivative(input, point)) }
        let largest = derivatives.reduce(1) { max($0, abs($1)) }
        for (point, derivative) in zip(points, derivatives) {
            let difference = abs(gradient[point] - derivative)
            #expect(
                difference <= Self.tolerance * largest,
                "\(variable)[\(point)]: \(gradient[point]), by differences \(derivative)",
                sourceLocation: location
            )
        }
    }

    private func derivative(_ input: Int, _ point: Int) throws -> Double {
        func value(at steps: Float) throws -> Double {
            var moved = values
            moved[input][point] += steps * Self.step
            let output = try compiled.run(moved)[0]
            return zip(output, seed).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let near = try value(at: 1) - value(at: -1)
        let far = try value(at: 2) - value(at: -2)
        return (8 * near - far) / (12 * Double(Self.step))
    }
}
