import COpenVINO

/// The text that a C function leaves in a buffer of this capacity.
///
/// - Returns: The text and what the function returned.
func withTextBuffer<Result>(
    capacity: Int,
    _ fill: (UnsafeMutablePointer<CChar>) -> Result
) -> (text: String, result: Result) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        guard let base = buffer.baseAddress else { preconditionFailure("an empty text buffer") }
        base.initialize(to: 0)
        let result = fill(base)
        return (String(cString: base), result)
    }
}

/// Calls a function of the facade with room for its error text.
///
/// - Returns: The text, trimmed and on one line, and what the function returned.
func withErrorText<Result>(
    _ call: (UnsafeMutablePointer<CChar>) -> Result
) -> (reason: String, result: Result) {
    let (text, result) = withTextBuffer(capacity: openvino_error_capacity, call)
    return (onOneLine(text), result)
}

private let noReason = "the engine gave no reason"

/// The engine's messages are a stack of places in its sources, then what went wrong: keep the latter.
private func onOneLine(_ message: String) -> String {
    // After each call that succeeds, so that it must cost nothing.
    guard !message.isEmpty else { return noReason }
    let lines = message.split(whereSeparator: \.isNewline)
        .filter { !$0.hasPrefix("Exception from ") }
        .map { $0.split(separator: " ").joined(separator: " ") }
        .filter { !$0.isEmpty }
    guard !lines.isEmpty else { return noReason }
    let reason = lines.joined(separator: ", ")
    return reason.hasSuffix(".") ? String(reason.dropLast()) : reason
}

extension openvino_shape {
    /// The sizes of the dimensions; negative where one is not fixed.
    var sizes: [Int] {
        withUnsafeBytes(of: dimensions) { bytes in
            bytes.bindMemory(to: Int64.self).prefix(rank).map { Int($0) }
        }
    }

    /// A fixed shape.
    ///
    /// - Returns: `nil` when there are more dimensions than the facade carries.
    init?(sizes: [Int]) {
        self.init()
        guard sizes.count <= openvino_max_rank else { return nil }
        rank = sizes.count
        withUnsafeMutableBytes(of: &dimensions) { bytes in
            let dimensions = bytes.bindMemory(to: Int64.self)
            for (axis, size) in sizes.enumerated() {
                dimensions[axis] = Int64(size)
            }
        }
    }
}

extension TensorDescription {
    init(_ network: OpaquePointer, _ direction: openvino_direction, _ index: Int) {
        self.init(
            name: String(cString: openvino_network_tensor_name(network, direction, index)),
            shape: openvino_network_tensor(network, direction, index).shape.sizes
        )
    }
}
