/// What can be wrong with an ONNX model, with what to do about it.
package struct GraphError: Error, Equatable, Sendable {
    /// The kinds of trouble, for callers and tests that tell them apart.
    package enum Kind: Equatable, Sendable {
        case unreadableFile, notOnnx, truncated, noGraph, unserializable
        case externalData, damagedTensor
        case inputCount, outputCount, disconnected
        case duplicateTensor, undefinedTensor
        case unknownDimension, unsupportedOperator, invalidNode, tooLarge
        case notASplitPoint
        case mismatchedParts, operatorSets
        case noGradient
    }

    package let kind: Kind
    /// The file, tensor or node that is at fault.
    package let subject: String
    /// What is wrong with it.
    package let problem: String
    /// What the user can do about it.
    package let remedy: String

    package init(_ kind: Kind, _ subject: String, _ problem: String, remedy: String) {
        self.kind = kind
        self.subject = subject
        self.problem = problem
        self.remedy = remedy
    }
}

extension GraphError: CustomStringConvertible {
    package var description: String { "\(subject): \(problem); \(remedy)" }
}

extension GraphError {
    static func invalid(_ node: OnnxNodeProto, _ problem: String) -> GraphError {
        GraphError(
            .invalidNode,
            "node \(node.label)",
            problem,
            remedy: "check the model with onnx.checker and export it again"
        )
    }

    static func tooLarge(_ subject: String) -> GraphError {
        GraphError(
            .tooLarge,
            subject,
            "a dimension or size is beyond any real network",
            remedy: "the file is probably damaged: export it again"
        )
    }
}
