extension TensorCodec {
    /// The payload of `values`, which are `elementCount` numbers.
    package func encode(_ values: [Float]) -> [UInt8] {
        var scratch = CodingScratch()
        var payload: [UInt8] = []
        values.withUnsafeBufferPointer { encode($0, into: &payload, scratch: &scratch) }
        return payload
    }

    /// Replaces `payload` by the payload of `values`.
    ///
    /// Allocates only where its capacity or the scratch's is too small.
    package func encode(
        _ values: UnsafeBufferPointer<Float>,
        into payload: inout [UInt8],
        scratch: inout CodingScratch
    ) {
        precondition(values.count == elementCount, "the tensor has \(elementCount) elements")
        payload.removeAll(keepingCapacity: true)
        // Room for the envelope's first byte.
        payload.append(0)
        guard let quantization else {
            appendNumbers(values, to: &payload)
            Bitstream.seal(&payload, body: .float32, identity: fingerprint)
            return
        }
        scratch.reserve(symbolCount: elementCount)
        let lanes = scratch.symbols.withUnsafeMutableBufferPointer { symbols in
            quantization.quantizer.quantize(values, into: symbols)
            return appendSymbols(
                UnsafeBufferPointer(rebasing: symbols[..<elementCount]),
                quantization,
                to: &payload,
                encoder: &scratch.encoder
            )
        }
        Bitstream.seal(&payload, body: Bitstream.Body(lanes), identity: fingerprint)
    }

    private func appendNumbers(_ values: UnsafeBufferPointer<Float>, to payload: inout [UInt8]) {
        payload.reserveCapacity(4 * values.count + Bitstream.overhead)
        #if _endian(little)
        payload.append(contentsOf: UnsafeRawBufferPointer(values))
        #else
        for value in values {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { payload.append(contentsOf: $0) }
        }
        #endif
    }

    private func appendSymbols(
        _ symbols: UnsafeBufferPointer<UInt8>,
        _ quantization: TensorQuantization,
        to payload: inout [UInt8],
        encoder: inout RangeANSEncoder
    ) -> RangeANS.Lanes {
        do {
            return try encoder.encode(
                symbols,
                segments: segments,
                tables: quantization.tables,
                appendingTo: &payload
            )
        } catch {
            preconditionFailure("the tables cover the alphabet, yet: \(error)")
        }
    }
}
