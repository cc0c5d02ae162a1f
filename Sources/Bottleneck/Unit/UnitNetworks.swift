import Coding
package import Graph

/// What device and edge server run of a network that is cut at a unit: one graph each.
package struct UnitNetworks: Sendable {
    /// Head and encoder: from the network's input to the latent.
    package let device: Network
    /// Decoder and tail: from the latent to the network's output.
    package let edge: Network
    /// The cut tensor's shape for one sample, without the batch dimension: [C, H, W] or [C].
    package let tensorShape: [Int]
    /// The latent's shape for one sample: [K, h, w] or [K].
    package let latentShape: [Int]

    /// Joins the parts of `network` with those of a bundle.
    ///
    /// - Parameters:
    ///   - bundle: What the unit and its tensor come from.
    ///   - name: The bundle's file, for messages.
    ///   - network: The network that the bundle was made for.
    ///   - file: That network's file name and the hash of its bytes.
    /// - Throws: `BottleneckError` when the bundle is for another network, its tensor is no split point
    ///   or has another shape, or the unit's graphs cannot be read or do not fit.
    package init(
        _ bundle: BottleneckBundle,
        name: String,
        network: Network,
        file: BottleneckBundle.NetworkReference
    ) throws(BottleneckError) {
        guard bundle.network.sha256 == file.sha256 else {
            throw .otherNetwork(name, bundle.network, file)
        }
        try self.init(
            encoder: bundle.unit.encoder,
            decoder: bundle.unit.decoder,
            at: bundle.tensor,
            of: network,
            name: name
        )
        guard tensorShape == bundle.shape else {
            throw .damagedBundle(
                name,
                "tensor '\(bundle.tensor)' has shape \(tensorShape), not \(bundle.shape)"
            )
        }
        let model = bundle.unit.latentModel
        let positions = latentShape.dropFirst().reduce(1, *)
        guard latentShape[0] == model.channels, positions == model.positions else {
            throw .damagedBundle(
                name,
                "the encoder computes \(latentShape), and the entropy model is for "
                    + "\(model.channels) channels of \(model.positions)"
            )
        }
    }

    /// Joins the parts of `network`, cut at `tensor`, with a unit's graphs, two ONNX files.
    ///
    /// - Throws: `BottleneckError`, as above.
    package init(
        encoder: [UInt8],
        decoder: [UInt8],
        at tensor: String,
        of network: Network,
        name: String
    ) throws(BottleneckError) {
        var part = "the network"
        do throws(GraphError) {
            let (head, tail) = try network.cut(at: tensor)
            tensorShape = Array(try tail.inputType(batch: 1).shape.dropFirst())
            part = "encoder"
            let encoder = try Network(bytes: encoder, name: "the graph")
            device = try head.appending(encoder)
            let latent = try device.tensorTypes(batch: 1)[device.output.name]?.shape ?? []
            part = "decoder"
            let decoder = try Network(bytes: decoder, name: "the graph")
            edge = try decoder.appending(tail)
            try edge.checkBatches()
            let read = try edge.inputType(batch: 1).shape
            guard [2, 4].contains(latent.count), latent == read else {
                throw GraphError(
                    .mismatchedParts,
                    "the latent",
                    "the encoder computes \(latent), and the decoder takes \(read)",
                    remedy: "export both with the same latent, batch × K × h × w or batch × K"
                )
            }
            latentShape = Array(latent.dropFirst())
        } catch {
            throw BottleneckError(
                "\(name), \(part)",
                "\(error.subject): \(error.problem)",
                remedy: error.remedy
            )
        }
    }
}

extension Network {
    /// Checks that the network takes several samples at once: edge servers batch.
    fileprivate func checkBatches() throws(GraphError) {
        let types: [String: TensorType]
        do {
            types = try tensorTypes(batch: 2)
        } catch {
            throw oneSampleOnly
        }
        guard types[output.name]?.shape.first == 2 else { throw oneSampleOnly }
    }

    private var oneSampleOnly: GraphError {
        GraphError(
            .mismatchedParts,
            "the graph",
            "it takes one sample at a time only",
            remedy: "export it with a dynamic batch; edge servers run batches"
        )
    }
}
