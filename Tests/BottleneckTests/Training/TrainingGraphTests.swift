import Foundation
import Graph
import GraphTestSupport
import Inference
import TestSupport
import Testing

@testable import Bottleneck

struct TrainingGraphTests {
    private static let batch = 2

    /// A unit and numbers for all inputs, with steps of its own for every channel or not.
    private func example(
        perChannel: Bool
    ) throws -> (layout: TrainingLayout, values: [String: [Float]]) {
        let unit = try TrainingFixture.unit()
        let layout = try TrainingLayout(
            encoder: unit.encoder,
            decoder: unit.decoder,
            tail: TrainingFixture.smooth().cut(at: "cut").tail,
            feature: "late",
            groups: (0..<16).map { $0 < 5 ? 0 : 1 },
            steps: perChannel ? [[0.5, 0.7], [0.2, 0.3], [0.1, 0.1]] : [[0.5], [0.2], [0.1]],
            parameters: [
                TrainedParameter(.encoder, "weights"), TrainedParameter(.encoder, "offset"),
                TrainedParameter(.decoder, "weights"),
            ]
        )
        var generator = SeededGenerator(seed: 14)
        func draw(_ count: Int) -> [Float] { generator.normals(count) }
        var values: [String: [Float]] = [
            "example/tensor": draw(2 * 48), "example/level": [0, 1, 0, 0, 0, 1],
            "example/noise": draw(2 * 32).map { 0.5 * tanh($0) },
            "example/rateWeight": [0.02, 0.05], "example/weight": [0.7, 1.4],
            "example/logits": draw(2 * 5), "example/features": draw(2 * 64),
            "log-steps": layout.steps.flatMap(\.self).map { log($0) },
            "log-scales": draw(4).map { 0.3 * $0 - 1 },
        ]
        for parameter in layout.parameters {
            values[parameter.graphName] = layout.values(parameter)
        }
        return (layout, values)
    }

    private func runner(_ graph: DifferentiatedGraph) throws -> ([String: [Float]]) -> [[Float]] {
        let compiled = try TrainingFixture.engine.compile(
            onnx: graph.serialized(),
            name: "step",
            shapes: .named(["example/tensor": [2, 3, 4, 4]])
        )
        return { values in
            do {
                return try compiled.run(graph.inputs.map { values[$0] ?? [] })
            } catch {
                Issue.record(error)
                return []
            }
        }
    }

    /// Rounding is passed straight through: with the identity in its place, the gradient is the slope.
    @Test(arguments: [false, true])
    func `gradients of the loss are its slopes`(perChannel: Bool) throws {
        let test = try example(perChannel: perChannel)
        var model = try TrainingGraph.model(test.layout, batch: Self.batch)
        for index in model.graph.node.indices where model.graph.node[index].opType == "Round" {
            model.graph.node[index].opType = "Identity"
        }
        let names = test.layout.parameterNames
        let graph = try model.differentiated(
            DifferentiationRequest(
                of: "loss",
                withRespectTo: names,
                alsoComputing: ["loss"],
                batch: Self.batch
            )
        )
        let run = try runner(graph)
        let gradients = run(test.values).dropFirst()
        for (name, gradient) in zip(names, gradients) {
            for place in gradient.indices {
                func loss(_ offset: Float) -> Double {
                    var moved = test.values
                    moved[name]?[place] += offset
                    return run(moved)[0].reduce(0) { $0 + Double($1) }
                }
                let step: Float = 0x1p-7
                let slope =
                    (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step)))
                    / (12 * Double(step))
                #expect(
                    abs(Double(gradient[place]) - slope) < 5e-3 * max(1, abs(slope)),
                    "\(name)[\(place)]: \(gradient[place]), by differences \(slope)"
                )
            }
        }
    }

    @Test func `outputs are what their names say`() throws {
        let test = try example(perChannel: false)
        let model = try TrainingGraph.model(test.layout, batch: Self.batch)
        let outputs = TrainingGraph.Output.allCases.map(\.name)
        let graph = try model.differentiated(
            DifferentiationRequest(
                of: "loss",
                withRespectTo: ["log-scales"],
                alsoComputing: outputs + ["quantiser/noisy", "tail/logits", "tail/late"],
                batch: Self.batch
            )
        )
        let result = try runner(graph)(test.values)
        let scales = (test.values["log-scales"] ?? []).map { exp(Double($0)) }
        for example in 0..<2 {
            let step = example == 0 ? 0.2 : 0.1
            var bits = 0.0
            for index in 0..<32 {
                let value = Double(result[3][32 * example + index])
                let scale = scales[2 * (index / 16) + (index % 16 < 5 ? 0 : 1)]
                func share(_ edge: Double) -> Double { 1 / (1 + exp(-edge / scale)) }
                bits -= log2(share(value + step / 2) - share(value - step / 2))
            }
            #expect(abs(Double(result[2][example]) / bits - 1) < 1e-4)
            func probabilities(_ logits: some Sequence<Float>) -> [Double] {
                let weights = logits.map { exp(Double($0)) }
                return weights.map { $0 / weights.reduce(0, +) }
            }
            let range = 5 * example..<5 * example + 5
            let uncut = probabilities(try #require(test.values["example/logits"])[range])
            let cut = probabilities(result[4][range])
            let divergence = zip(uncut, cut).reduce(0.0) { $0 + $1.0 * log($1.0 / $1.1) }
            #expect(abs(Double(result[0][example]) - divergence) < 1e-4)
            let features = try #require(test.values["example/features"])
            var (error, energy) = (0.0, 0.0)
            for index in 64 * example..<64 * example + 64 {
                let difference = Double(result[5][index]) - Double(features[index])
                error += difference * difference
                energy += Double(features[index]) * Double(features[index])
            }
            #expect(abs(Double(result[1][example]) - error / energy) < 1e-4)
        }
    }
}
