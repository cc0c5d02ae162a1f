import COpenVINO

extension InferenceEngine {
    /// Compiles a network for one thread, in float32.
    ///
    /// It takes some tens of milliseconds and may use several threads for that time.
    ///
    /// - Parameters:
    ///   - onnx: The bytes of an ONNX file. They are not needed afterwards.
    ///   - name: What errors call the network, such as its file's path.
    ///   - shapes: The shapes of its inputs.
    /// - Returns: The network, with an inference request of its own.
    /// - Throws: `InferenceError` when the bytes are no ONNX network that the engine can read, the
    ///   shapes do not fit it, or an input or output is not float32 of fixed shape.
    package func compile(
        onnx: [UInt8],
        name: String,
        shapes: InputShapes = .asStored
    ) throws(InferenceError) -> sending CompiledNetwork {
        let model = try read(onnx, name: name)
        defer { openvino_model_destroy(model) }
        try reshape(model, name: name, to: shapes)
        let (reason, network) = withErrorText { openvino_network_compile(handle, model, $0) }
        guard let network else {
            throw InferenceError(operation: .compile, subject: name, reason: reason)
        }
        return CompiledNetwork(handle: network, name: name, engine: self)
    }

    private func read(_ onnx: [UInt8], name: String) throws(InferenceError) -> OpaquePointer {
        let (reason, model) = onnx.withUnsafeBytes { bytes in
            withErrorText { error in
                bytes.baseAddress.flatMap {
                    openvino_model_read(handle, $0, bytes.count, error)
                }
            }
        }
        guard let model else {
            let reason = onnx.isEmpty ? "there are no bytes" : reason
            throw InferenceError(operation: .read, subject: name, reason: reason)
        }
        return model
    }

    private func reshape(
        _ model: OpaquePointer,
        name: String,
        to shapes: InputShapes
    ) throws(InferenceError) {
        let inputs = (0..<openvino_model_input_count(model)).map { index in
            (
                name: String(cString: openvino_model_input_name(model, index)),
                stored: openvino_model_input_shape(model, index)
            )
        }
        if case .named(let named) = shapes {
            let known = inputs.map(\.name)
            for unknown in named.keys.sorted() where !known.contains(unknown) {
                let reason = "it has no input \(unknown), only \(known.joined(separator: ", "))"
                throw InferenceError(operation: .shape, subject: name, reason: reason)
            }
        }
        var wanted: [openvino_shape] = []
        var changes = false
        for input in inputs {
            let stored = input.stored.sizes
            let shape = shapes.shape(ofInput: input.name, stored: stored)
            guard shape.allSatisfy({ $0 > 0 }), let converted = openvino_shape(sizes: shape) else {
                let reason =
                    "input \(input.name) would have the shape \(shape), of which each dimension"
                    + " must be positive, and their number at most \(openvino_max_rank)"
                throw InferenceError(operation: .shape, subject: name, reason: reason)
            }
            changes = changes || shape != stored
            wanted.append(converted)
        }
        guard changes else { return }
        let (reason, done) = withErrorText { openvino_model_reshape(model, wanted, $0) }
        guard done else {
            throw InferenceError(operation: .shape, subject: name, reason: reason)
        }
    }
}
