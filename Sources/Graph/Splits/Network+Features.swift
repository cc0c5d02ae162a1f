extension Network {
    /// What the last matrix product of data with weights reads: a classifier's features.
    ///
    /// Nil when there is none, or it reads the network's input.
    package var features: String? {
        let products = model.graph.node.filter { ["Gemm", "MatMul"].contains($0.opType) }
        guard let name = products.last?.inputName(0), name != input.name else { return nil }
        return name
    }
}
