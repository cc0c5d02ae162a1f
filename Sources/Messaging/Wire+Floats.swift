extension Wire {
    /// A payload of little-endian float32 values, as a reply carries its logits.
    package static func bytes(of values: [Float]) -> [UInt8] {
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
    }

    /// The values of a payload of little-endian float32 values.
    package static func floats(in payload: [UInt8]) throws(MessagingError) -> [Float] {
        guard payload.count.isMultiple(of: 4) else {
            throw .malformed(
                kind: "payload of float32 values",
                reason: "\(payload.count) bytes are not a multiple of 4"
            )
        }
        return payload.withUnsafeBytes { bytes in
            (0..<payload.count / 4).map { index in
                Float(
                    bitPattern: UInt32(
                        littleEndian: bytes.loadUnaligned(
                            fromByteOffset: index * 4,
                            as: UInt32.self
                        )
                    )
                )
            }
        }
    }
}
