/// Which nodes of a graph stand between its input and its output, and which only prepare
/// constants.
struct DataFlow: Sendable {
    /// The node that makes each tensor.
    let producer: [String: Int]
    /// What each node reads, subgraphs' captures included.
    let reads: [[String]]
    /// Per node: whether it depends on the network's input and the output depends on it.
    let carriesData: [Bool]
    /// The tensors that depend on the network's input.
    let data: Set<String>

    /// - Throws: a tensor is made twice, or read before it is made, or the output does not
    ///   depend on the input.
    init(_ graph: OnnxGraphProto, input: String, output: String) throws(GraphError) {
        reads = graph.node.map(\.readTensors)
        producer = try Self.producers(in: graph, reads: reads, input: input)
        var data: Set<String> = [input]
        for (index, node) in graph.node.enumerated()
        where reads[index].contains(where: data.contains) {
            data.formUnion(node.output.filter { !$0.isEmpty })
        }
        self.data = data
        var needed: Set<String> = [output]
        var carriesData = [Bool](repeating: false, count: graph.node.count)
        for (index, node) in graph.node.enumerated().reversed()
        where node.output.contains(where: { needed.contains($0) && data.contains($0) }) {
            carriesData[index] = true
            needed.formUnion(reads[index])
        }
        self.carriesData = carriesData
        guard needed.contains(input), data.contains(output) else {
            throw GraphError(
                .disconnected,
                "output '\(output)'",
                "it does not depend on the input '\(input)'",
                remedy: "export the network with the output that classifies"
            )
        }
    }

    private static func producers(
        in graph: OnnxGraphProto,
        reads: [[String]],
        input: String
    ) throws(GraphError) -> [String: Int] {
        var defined = Set(graph.constantNames)
        defined.insert(input)
        var producer: [String: Int] = [:]
        for (index, node) in graph.node.enumerated() {
            if let missing = reads[index].first(where: { !defined.contains($0) }) {
                throw GraphError(
                    .undefinedTensor,
                    "node \(node.label)",
                    "it reads '\(missing)', which no earlier node makes",
                    remedy: "ONNX wants nodes in topological order: sort them, or export again"
                )
            }
            for name in node.output where !name.isEmpty {
                guard defined.insert(name).inserted else {
                    throw GraphError(
                        .duplicateTensor,
                        "tensor '\(name)'",
                        "it is made twice",
                        remedy: "give every tensor its own name"
                    )
                }
                producer[name] = index
            }
        }
        return producer
    }

    /// The nodes that `target` needs, in order, when the tensor `source` is given.
    ///
    /// An empty `source` goes back to the start. Also gives every tensor that those nodes read.
    func ancestors(of target: String, given source: String) -> (nodes: [Int], reads: Set<String>) {
        var names: Set<String> = [target]
        var pending = [target]
        var nodes: Set<Int> = []
        while let name = pending.popLast() {
            guard name != source, let node = producer[name], nodes.insert(node).inserted else {
                continue
            }
            for read in reads[node] where names.insert(read).inserted { pending.append(read) }
        }
        return (nodes.sorted(), names)
    }
}

extension OnnxGraphProto {
    /// The names of the stored constants, sparse ones included.
    var constantNames: [String] {
        initializer.map(\.name) + sparseInitializer.map(\.values.name)
    }
}
