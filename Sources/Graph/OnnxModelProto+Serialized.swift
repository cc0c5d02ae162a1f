import SwiftProtobuf

extension OnnxModelProto {
    /// The bytes of an ONNX file that holds this model; equal models give equal bytes.
    ///
    /// - Throws: a model beyond the 2 GiB that protobuf can hold.
    package func serialized() throws(GraphError) -> [UInt8] {
        do {
            return try serializedBytes()
        } catch {
            throw GraphError(
                .unserializable,
                "network '\(graph.name)'",
                "it cannot be written (\(error))",
                remedy: "use a network below 2 GiB"
            )
        }
    }
}
