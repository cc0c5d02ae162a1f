extension Network {
    /// Every split point from the input to the output, neither of which is among them.
    ///
    /// Figures are for one input, or for the batch that the file fixes.
    ///
    /// - Throws: what `tensorTypes(batch:)` throws.
    package func splitPoints() throws(GraphError) -> [SplitPoint] {
        let types = try tensorTypes()
        let head = try runningCosts(types, nodes: Array(model.graph.node.indices))
        let tail = try runningCosts(types, nodes: model.graph.node.indices.reversed())
        var points: [SplitPoint] = []
        for (node, tensor) in separators() {
            guard let type = types[tensor] else { continue }
            let rest =
                node + 1 < tail.count ? tail[node + 1] : Cost(multiplyAccumulates: 0, parameters: 0)
            points.append(SplitPoint(tensor: tensor, type: type, head: head[node], tail: rest))
        }
        return points
    }

    /// The separating tensors with the nodes that make them, in order, in time linear in the graph.
    ///
    /// Every node between input and output comes either before or after a separator, whatever the
    /// topological order. So a tensor separates just when, after its node, it is the only one
    /// that a later node still reads.
    func separators() -> [(node: Int, tensor: String)] {
        let nodes = model.graph.node.indices.filter { flow.carriesData[$0] }
        var lastReader: [String: Int] = [:]
        for node in nodes {
            for name in flow.reads[node] where flow.data.contains(name) { lastReader[name] = node }
        }
        lastReader[output.name] = .max
        var live = 1
        var result: [(node: Int, tensor: String)] = []
        for node in nodes {
            live -= Set(flow.reads[node]).count { lastReader[$0] == node }
            let made = model.graph.node[node].output.filter { lastReader[$0] != nil }
            live += made.count
            if live == 1, let tensor = made.first, tensor != output.name {
                result.append((node, tensor))
            }
        }
        return result
    }

    /// For each node, the cost of it and of those before it in `nodes`.
    private func runningCosts(
        _ types: [String: TensorType],
        nodes: [Int]
    ) throws(GraphError) -> [Cost] {
        let counts = try multiplyAccumulates(types)
        var seen: Set<String> = []
        var total = Cost(multiplyAccumulates: 0, parameters: 0)
        var costs = [Cost](repeating: total, count: nodes.count)
        for node in nodes {
            if flow.carriesData[node] {
                total.multiplyAccumulates += counts[node]
                total.parameters += newParameters(ofNode: node, types, &seen)
            }
            costs[node] = total
        }
        return costs
    }
}
