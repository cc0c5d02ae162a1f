/// The versions of the operators' definitions that two graphs share once they are one.
///
/// Nothing is converted. A graph is taken for one of a later version where none of its operators
/// changed its meaning in between, by https://github.com/onnx/onnx/blob/main/docs/Changelog.md.
enum OperatorSets {
    /// Versions at which a node of the operator came to mean something else or became invalid.
    ///
    /// Changes that only allow more element types or add attributes with the old meaning as the
    /// default do not count. Operators that are not listed are not taken for a later version's.
    private static let changes: [String: [Int]] = [
        "Abs": [], "Add": [], "AveragePool": [19], "BatchNormalization": [], "Cast": [],
        "Ceil": [], "Clip": [], "Concat": [], "Constant": [], "ConstantOfShape": [], "Conv": [],
        "ConvTranspose": [], "DepthToSpace": [], "DequantizeLinear": [13], "Div": [],
        "Dropout": [12], "Elu": [], "Erf": [],
        "Exp": [], "Expand": [], "Flatten": [], "Floor": [], "Gather": [], "Gemm": [],
        "GlobalAveragePool": [], "GlobalMaxPool": [], "HardSigmoid": [], "HardSwish": [],
        "Identity": [], "LRN": [], "LeakyRelu": [], "Log": [], "LogSoftmax": [13], "MatMul": [],
        "Max": [], "MaxPool": [], "Min": [], "Mul": [], "Neg": [], "PRelu": [], "Pad": [],
        "Pow": [], "ReduceL2": [18], "ReduceMax": [18], "ReduceMean": [18], "ReduceMin": [18],
        "ReduceSum": [13], "ReduceSumSquare": [18], "Relu": [], "Reshape": [], "Round": [],
        "Shape": [], "Sigmoid": [], "Slice": [], "Softmax": [13], "Softplus": [],
        "SpaceToDepth": [], "Split": [13, 18], "Sqrt": [], "Squeeze": [13], "Sub": [], "Sum": [],
        "Tanh": [], "Transpose": [], "Unsqueeze": [13], "Where": [],
    ]

    /// Versions for which `changes` is complete.
    private static let known = 11...21

    /// What the joined graph imports: the later version of each operator set.
    ///
    /// - Throws: `GraphError` that names an operator for which the versions differ.
    static func joined(
        _ first: OnnxModelProto,
        _ second: OnnxModelProto
    ) throws(GraphError) -> [OnnxOperatorSetIdProto] {
        var imports = first.opsetImport
        for other in second.opsetImport {
            guard let index = imports.firstIndex(where: { domain($0) == domain(other) }) else {
                imports.append(other)
                continue
            }
            let (mine, theirs) = (Int(imports[index].version), Int(other.version))
            guard mine != theirs else { continue }
            let older = mine < theirs ? first : second
            let versions = (from: min(mine, theirs), to: max(mine, theirs))
            try check(older, domain: domain(other), versions)
            imports[index].version = Int64(versions.to)
        }
        return imports
    }

    private static func check(
        _ model: OnnxModelProto,
        domain: String,
        _ versions: (from: Int, to: Int)
    ) throws(GraphError) {
        let nodes = model.graph.node.filter { Self.domain($0.domain) == domain }
        let isKnown = known.contains(versions.from) && known.contains(versions.to)
        let changed = nodes.first { node in
            guard domain.isEmpty, isKnown, let changes = changes[node.opType] else { return true }
            return changes.contains { versions.from < $0 && $0 <= versions.to }
        }
        guard let changed else { return }
        throw GraphError(
            .operatorSets,
            "network '\(model.graph.name)'",
            "it uses operator set \(versions.from) of ONNX, the part that it is joined with uses "
                + "\(versions.to), and \(changed.label) may mean something else there",
            remedy: "export both with the same opset version"
        )
    }

    private static func domain(_ set: OnnxOperatorSetIdProto) -> String { domain(set.domain) }

    /// The standard operators have two names for their domain.
    private static func domain(_ name: String) -> String { name == "ai.onnx" ? "" : name }
}
