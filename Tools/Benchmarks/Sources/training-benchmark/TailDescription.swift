import Foundation
import Graph

/// The part of a network behind the cut, as Tests/GradientTests/ThirdParty/gradients.py runs graphs.
struct TailDescription: Encodable {
    struct Tensor: Encodable {
        var name: String
        var shape: [Int]
    }

    struct Node: Encodable {
        var `operator`: String
        var inputs: [String]
        var output: String
        var integers: [String: [Int64]]
    }

    let tensors: [Tensor]
    let nodes: [Node]
    let input: String
    let output: String
    let feature: String
    /// Of one sample at the cut.
    let shape: [Int]
    private let values: [[Float]]

    private enum CodingKeys: CodingKey {
        case tensors, nodes, input, output, feature, shape
    }

    init(_ tail: Network, feature: String) throws {
        let stored = tail.model.graph.initializer.filter { $0.floats != nil }
        tensors = stored.map { Tensor(name: $0.name, shape: $0.shape) }
        values = stored.map { $0.floats ?? [] }
        nodes = tail.model.graph.node.map { node in
            Node(
                operator: node.opType,
                inputs: node.input,
                output: node.output[0],
                integers: Dictionary(
                    uniqueKeysWithValues: node.attribute.map {
                        ($0.name, $0.type == .int ? [$0.i] : $0.ints)
                    }
                )
            )
        }
        input = tail.input.name
        output = tail.output.name
        self.feature = feature
        shape = Array(try tail.inputType(batch: 1).shape.dropFirst())
    }

    func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try JSONEncoder().encode(self).write(to: folder.appending(path: "graph.json"))
        for (index, values) in values.enumerated() {
            let bytes = values.withUnsafeBytes { Data($0) }
            try bytes.write(to: folder.appending(path: "tensor\(index)"))
        }
    }
}
