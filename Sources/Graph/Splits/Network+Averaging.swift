extension Network {
    /// Whether the first thing that happens to the input, [N, C, H, W], is that each plane is averaged.
    ///
    /// Such a network depends on the planes' means alone.
    package var averagesInputPlanes: Bool {
        let readers = model.graph.node.filter { $0.readTensors.contains(input.name) }
        return !readers.isEmpty && readers.allSatisfy(averagesPlanes)
    }

    private func averagesPlanes(_ node: OnnxNodeProto) -> Bool {
        switch node.opType {
        case "GlobalAveragePool": return true
        case "ReduceMean":
            let stored = node.inputName(1).flatMap { name in
                model.graph.initializer.first { $0.name == name }?.integers
            }
            let given = node.attribute("axes")?.ints.map { Int($0) } ?? stored ?? []
            return Set(given.map { $0 < 0 ? $0 + 4 : $0 }) == [2, 3]
        default: return false
        }
    }
}
