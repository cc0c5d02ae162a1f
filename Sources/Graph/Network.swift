package import Foundation
package import SwiftProtobuf

/// An inference network: an ONNX model with one input and one output.
///
/// A value of this type has been checked: its constants are whole, every tensor that a node
/// reads is made by an earlier node, and the output depends on the input.
package struct Network: Sendable {
    /// The model as stored; fields that this module does not know are kept.
    package let model: OnnxModelProto
    /// The tensor that the network reads.
    package let input: OnnxValueInfoProto
    /// The tensor that the network computes.
    package let output: OnnxValueInfoProto
    let flow: DataFlow

    /// Takes a model that is in memory already.
    ///
    /// - Throws: constants that are damaged or stored elsewhere; other than one input and one
    ///   output; tensors that are undefined or made twice.
    package init(model: OnnxModelProto) throws(GraphError) {
        let graph = model.graph
        for tensor in graph.initializer { try tensor.validate() }
        for node in graph.node {
            for attribute in node.attribute where attribute.hasT { try attribute.t.validate() }
        }
        // Before IR version 4 the constants had to be listed among the inputs.
        let constants = Set(graph.constantNames)
        input = try Self.single(
            graph.input.filter { !constants.contains($0.name) },
            .inputCount,
            "input"
        )
        output = try Self.single(graph.output, .outputCount, "output")
        flow = try DataFlow(graph, input: input.name, output: output.name)
        self.model = model
    }

    /// Reads a model from the bytes of an ONNX file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: what error messages call the bytes.
    /// - Throws: bytes that are cut short or not ONNX, and what `init(model:)` throws.
    package init(bytes: some SwiftProtobufContiguousBytes, name: String) throws(GraphError) {
        let model: OnnxModelProto
        do {
            model = try OnnxModelProto(serializedBytes: bytes)
        } catch BinaryDecodingError.truncated {
            throw GraphError(
                .truncated,
                name,
                "it ends in the middle of a field",
                remedy: "the file is incomplete or not ONNX: copy or export it again"
            )
        } catch {
            throw GraphError(
                .notOnnx,
                name,
                "it is not an ONNX model (\(error))",
                remedy: "give a file written by an ONNX exporter"
            )
        }
        guard model.hasGraph else {
            throw GraphError(
                .noGraph,
                name,
                "it holds no ONNX graph",
                remedy: "give a file written by an ONNX exporter"
            )
        }
        try self.init(model: model)
    }

    /// Reads a model from an ONNX file.
    ///
    /// - Throws: a file that cannot be read, and what `init(bytes:name:)` throws.
    package init(contentsOf file: URL) throws(GraphError) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw GraphError(
                .unreadableFile,
                file.path,
                "the file cannot be read (\(Self.cause(error, file)))",
                remedy: "check that the path names a readable ONNX file"
            )
        }
        try self.init(bytes: bytes, name: file.path)
    }

    private static func cause(_ error: any Error, _ file: URL) -> String {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
        return isFolder.boolValue ? "it is a folder" : error.localizedDescription
    }

    /// The bytes of an ONNX file that holds this network; equal networks give equal bytes.
    ///
    /// - Throws: a model beyond the 2 GiB that protobuf can hold.
    package func serialized() throws(GraphError) -> [UInt8] {
        try model.serialized()
    }

    private static func single(
        _ values: [OnnxValueInfoProto],
        _ kind: GraphError.Kind,
        _ role: String
    ) throws(GraphError) -> OnnxValueInfoProto {
        guard let value = values.first, values.count == 1 else {
            let names = values.map { "'\($0.name)'" }.joined(separator: ", ")
            throw GraphError(
                kind,
                "the network",
                "it has \(values.count) \(role)s\(values.isEmpty ? "" : " (\(names))")",
                remedy: "export a network with exactly one \(role)"
            )
        }
        return value
    }
}
