extension TensorCodec {
    private static let descriptionVersion: UInt8 = 1

    /// Reads `encodedDescription`.
    ///
    /// - Throws: `CodingError.malformedDescription` or `malformedTable` if these bytes are not what
    ///   `encodedDescription` holds, down to the last bit.
    package init(description bytes: [UInt8]) throws(CodingError) {
        guard bytes.count > 3 else { throw .malformedDescription("\(bytes.count) bytes") }
        var reader = ByteReader(bytes: bytes, end: bytes.count - 3)
        let stated = bytes.suffix(3).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        guard CyclicRedundancyCheck.value(of: Array(bytes.dropLast(3))) == stated else {
            throw .malformedDescription("its checksum does not match")
        }
        guard let version = reader.readByte(), version == Self.descriptionVersion else {
            throw .malformedDescription("version \(bytes[0]) instead of \(Self.descriptionVersion)")
        }
        guard let bits = reader.readByte(), let elementCount = reader.readVariable(),
            elementCount <= Self.elementLimit
        else { throw .malformedDescription("no width, or no element count within the limit") }
        let quantization =
            bits == 0 ? nil : try TensorQuantization(from: &reader, bits: Int(bits))
        guard reader.isAtEnd else { throw .malformedDescription("bytes are left over") }
        guard elementCount.isMultiple(of: quantization?.channelCount ?? 1) else {
            throw .malformedDescription("\(elementCount) elements do not divide into channels")
        }
        self.init(elementCount: elementCount, quantization: quantization)
        guard encodedDescription == bytes else {
            throw .malformedDescription("it is not in canonical form")
        }
    }

    static func describe(_ elementCount: Int, _ quantization: TensorQuantization?) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(descriptionVersion)
        writer.append(UInt8(quantization?.quantizer.bits ?? 0))
        writer.appendVariable(elementCount)
        quantization?.write(to: &writer)
        writer.appendBigEndian(CyclicRedundancyCheck.value(of: writer.bytes))
        return writer.bytes
    }
}
