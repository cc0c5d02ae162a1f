import Foundation
import Graph

/// PyTorch's gradients of a network, by `ThirdParty/gradients.py`.
enum TorchReference {
    static let python = "/usr/bin/python3"

    static let skipMessage = "\(python) has no torch: install Debian's python3-torch and -numpy"

    static let isInstalled: Bool = {
        do {
            return try run(["-c", "import numpy, torch"]) == 0
        } catch {
            return false
        }
    }()

    /// The output, and the gradient of Σ seed · output for each variable, `values` holding the input,
    /// the seed and what takes the place of initializers.
    static func gradients(
        _ network: Network,
        _ variables: [String],
        _ values: [String: (shape: [Int], values: [Float])]
    ) throws -> (output: [Float], gradients: [[Float]]) {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "gradients-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { remove(directory) }
        var tensors = values
        for tensor in network.model.graph.initializer {
            tensors[tensor.name] = tensor.floats.map { (tensor.shape, $0) }
        }
        let named = tensors.sorted { $0.key < $1.key }
        for (index, tensor) in named.enumerated() {
            let bytes = tensor.value.values.withUnsafeBytes { Data($0) }
            try bytes.write(to: directory.appending(path: "tensor\(index)"))
        }
        let graph = Description(
            tensors: named.map { .init(name: $0.key, shape: $0.value.shape) },
            nodes: network.model.graph.node.map(Description.Node.init),
            variables: variables,
            output: network.output.name
        )
        try JSONEncoder().encode(graph).write(to: directory.appending(path: "graph.json"))
        guard try run([script, directory.path]) == 0 else { throw CocoaError(.fileReadUnknown) }
        func read(_ name: String) throws -> [Float] {
            try Data(contentsOf: directory.appending(path: name)).withUnsafeBytes {
                Array($0.bindMemory(to: Float.self))
            }
        }
        return (try read("output"), try variables.indices.map { try read("gradient\($0)") })
    }

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "ThirdParty/gradients.py").path

    private struct Description: Encodable {
        struct Tensor: Encodable {
            var name: String
            var shape: [Int]
        }

        struct Node: Encodable {
            var `operator`: String
            var inputs: [String]
            var output: String
            var integers: [String: [Int64]]

            init(_ node: OnnxNodeProto) {
                `operator` = node.opType
                inputs = node.input
                output = node.output[0]
                integers = Dictionary(
                    uniqueKeysWithValues: node.attribute.map {
                        ($0.name, $0.type == .int ? [$0.i] : $0.ints)
                    }
                )
            }
        }

        var tensors: [Tensor]
        var nodes: [Node]
        var variables: [String]
        var output: String
    }

    private static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = arguments
        if arguments[0] == "-c" { process.standardError = FileHandle.nullDevice }
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func remove(_ directory: URL) {
        do {
            try FileManager.default.removeItem(at: directory)
        } catch {
            // The system clears its temporary directory in time.
        }
    }
}
