package import Graph

extension ExternalUnit {
    /// The encoder with its latent's channels first, as an ONNX file.
    ///
    /// - Throws: `GraphError` when the graph cannot be read.
    package func encoderGraph(_ bytes: [UInt8]) throws(GraphError) -> [UInt8] {
        guard hasChannelsLast else { return bytes }
        let graph = try Network(bytes: bytes, name: encoder)
        let latent = try graph.tensorTypes(batch: 1)[graph.output.name]
        guard let shape = latent?.shape, shape.count == 4 else { return bytes }
        let order = Network.transposition(of: shape, [0, 3, 1, 2], like: graph)
        return try graph.appending(Network(model: order)).serialized()
    }

    /// The decoder with its latent's channels first, as an ONNX file.
    ///
    /// - Throws: `GraphError` when the graph cannot be read.
    package func decoderGraph(_ bytes: [UInt8]) throws(GraphError) -> [UInt8] {
        guard hasChannelsLast else { return bytes }
        let graph = try Network(bytes: bytes, name: decoder)
        let shape = try graph.inputType(batch: 1).shape
        guard shape.count == 4 else { return bytes }
        let channelsFirst = [shape[0], shape[3], shape[1], shape[2]]
        let order = Network.transposition(of: channelsFirst, [0, 2, 3, 1], like: graph)
        return try Network(model: order).appending(graph).serialized()
    }
}

extension Network {
    /// A graph that only reorders dimensions, of the same versions as `network`; any batch.
    fileprivate static func transposition(
        of shape: [Int],
        _ order: [Int],
        like network: Network
    ) -> OnnxModelProto {
        var input = OnnxValueInfoProto()
        input.name = "unordered"
        input.type.tensorType.elemType = Int32(OnnxTensorProto.DataType.float.rawValue)
        input.type.tensorType.shape.dim = shape.enumerated().map { index, size in
            var dimension = OnnxTensorShapeProto.Dimension()
            if index == 0 { dimension.dimParam = "N" } else { dimension.dimValue = Int64(size) }
            return dimension
        }
        var attribute = OnnxAttributeProto()
        attribute.name = "perm"
        attribute.type = .ints
        attribute.ints = order.map(Int64.init)
        var node = OnnxNodeProto()
        node.opType = "Transpose"
        node.input = ["unordered"]
        node.output = ["latent"]
        node.attribute = [attribute]
        var output = OnnxValueInfoProto()
        output.name = "latent"
        output.type.tensorType.elemType = input.type.tensorType.elemType
        var model = OnnxModelProto()
        model.irVersion = network.model.irVersion
        model.opsetImport = network.model.opsetImport
        model.graph.node = [node]
        model.graph.input = [input]
        model.graph.output = [output]
        return model
    }
}
