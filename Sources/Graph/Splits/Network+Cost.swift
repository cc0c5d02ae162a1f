extension Network {
    /// The multiply-accumulate operations of every node of the graph, in the graph's order.
    ///
    /// Conv: output elements × input channels of a group × kernel elements. ConvTranspose: input
    /// elements × output channels of a group × kernel elements. Gemm and MatMul: output elements
    /// × length of the inner dimension. Everything else, biases included, counts as 0, and so do
    /// nodes that only prepare constants. These are the counts of published tables.
    ///
    /// `types` come from `tensorTypes(batch:)`; the counts are for that batch.
    package func multiplyAccumulates(_ types: [String: TensorType]) throws(GraphError) -> [Int] {
        var counts: [Int] = []
        for (index, node) in model.graph.node.enumerated() {
            counts.append(flow.carriesData[index] ? try Self.count(node, types) : 0)
        }
        return counts
    }

    /// The cost of the whole network for one batch.
    package func cost(batch: Int? = nil) throws(GraphError) -> Cost {
        let types = try tensorTypes(batch: batch)
        let counts = try multiplyAccumulates(types)
        var seen: Set<String> = []
        var total = Cost(multiplyAccumulates: 0, parameters: 0)
        for (index, count) in counts.enumerated() where flow.carriesData[index] {
            total.multiplyAccumulates += count
            total.parameters += newParameters(ofNode: index, types, &seen)
        }
        return total
    }

    /// The parameters that node `index` reads and that are not in `seen` yet.
    func newParameters(
        ofNode index: Int,
        _ types: [String: TensorType],
        _ seen: inout Set<String>
    ) -> Int {
        var count = 0
        for name in flow.reads[index] where !flow.data.contains(name) {
            guard let type = types[name], type.element.isFloatingPoint, !type.shape.isEmpty,
                seen.insert(name).inserted
            else { continue }
            count += type.elements
        }
        return count
    }

    private static func count(
        _ node: OnnxNodeProto,
        _ types: [String: TensorType]
    ) throws(GraphError) -> Int {
        guard node.input.count >= 2, let output = node.output.first.flatMap({ types[$0] }),
            let input = types[node.input[0]], let weights = types[node.input[1]]
        else { return 0 }
        let (outputs, perOutput): (Int, Int)
        switch node.opType {
        case "Conv":
            (outputs, perOutput) = (output.elements, weights.shape.dropFirst().reduce(1, *))
        case "ConvTranspose":
            (outputs, perOutput) = (input.elements, weights.shape.dropFirst().reduce(1, *))
        case "Gemm":
            let isTransposed = try node.integer("transA", default: 0) != 0
            (outputs, perOutput) = (output.elements, input.shape[isTransposed ? 0 : 1])
        case "MatMul": (outputs, perOutput) = (output.elements, input.shape.last ?? 1)
        default: return 0
        }
        let (count, overflow) = outputs.multipliedReportingOverflow(by: perOutput)
        // A million such nodes still add up without overflow.
        guard !overflow, count < 1 << 42 else { throw .tooLarge("node \(node.label)") }
        return count
    }
}
