extension TensorCodec {
    /// The `elementCount` numbers of a payload.
    ///
    /// - Throws: `CodingError` if this codec did not produce the payload.
    package func decode(_ payload: [UInt8]) throws(CodingError) -> [Float] {
        var scratch = CodingScratch()
        var values = [Float](repeating: 0, count: elementCount)
        try values.withUnsafeMutableBufferPointer { values throws(CodingError) in
            try decode(payload, into: values, scratch: &scratch)
        }
        return values
    }

    /// Writes the `elementCount` numbers of a payload to `values`.
    ///
    /// Allocates only where the scratch's capacity is too small. On an error the contents of
    /// `values` are unspecified.
    ///
    /// - Throws: `CodingError` if this codec did not produce the payload.
    package func decode(
        _ payload: [UInt8],
        into values: UnsafeMutableBufferPointer<Float>,
        scratch: inout CodingScratch
    ) throws(CodingError) {
        precondition(values.count == elementCount, "the tensor has \(elementCount) elements")
        let (kind, body) = try Bitstream.open(payload, identity: fingerprint)
        switch (kind.lanes, quantization) {
        case (nil, nil):
            try decodeNumbers(payload, body, into: values)
        case (let lanes?, let quantization?):
            try decodeSymbols(payload, body, lanes, quantization, into: values, &scratch)
        default:
            throw .unexpectedBody(kind: Int(kind.rawValue))
        }
    }

    private func decodeNumbers(
        _ payload: [UInt8],
        _ body: Range<Int>,
        into values: UnsafeMutableBufferPointer<Float>
    ) throws(CodingError) {
        guard body.count == 4 * elementCount else {
            throw .malformedBody("\(body.count) bytes for \(elementCount) binary32 numbers")
        }
        payload.withUnsafeBytes { bytes in
            for index in 0..<elementCount {
                let offset = body.lowerBound + 4 * index
                let pattern = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                values[index] = Float(bitPattern: UInt32(littleEndian: pattern))
            }
        }
    }

    private func decodeSymbols(
        _ payload: [UInt8],
        _ body: Range<Int>,
        _ lanes: RangeANS.Lanes,
        _ quantization: TensorQuantization,
        into values: UnsafeMutableBufferPointer<Float>,
        _ scratch: inout CodingScratch
    ) throws(CodingError) {
        var decoder = try RangeANSDecoder(bytes: payload, range: body, lanes: lanes)
        scratch.reserve(symbolCount: elementCount)
        try scratch.symbols.withUnsafeMutableBufferPointer { symbols throws(CodingError) in
            var offset = 0
            for segment in segments {
                let end = offset + segment.count
                let run = UnsafeMutableBufferPointer(rebasing: symbols[offset..<end])
                try decoder.decode(into: run, table: segment.table, of: quantization.tables)
                offset = end
            }
            try decoder.finish()
            let all = UnsafeBufferPointer(rebasing: symbols[..<elementCount])
            quantization.quantizer.dequantize(all, into: values)
        }
    }
}
