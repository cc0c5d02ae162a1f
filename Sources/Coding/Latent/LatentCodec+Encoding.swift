extension LatentCodec {
    /// The payload of a latent rounded to the nearest step.
    ///
    /// - Parameter latent: `count` numbers, channel-major.
    /// - Returns: The payload, envelope included.
    package func encode(_ latent: [Float]) -> [UInt8] {
        encode(values: values(of: latent))
    }

    /// The payload of quantised values.
    ///
    /// - Parameter values: `count` values, −32767...32767, channel-major.
    /// - Returns: The payload, envelope included.
    package func encode(values: [Int16]) -> [UInt8] {
        var (payload, scratch): ([UInt8], LatentScratch) = ([], LatentScratch())
        encode(values: values, into: &payload, scratch: &scratch)
        return payload
    }

    /// Replaces `payload` by the payload of a latent rounded to the nearest step.
    ///
    /// Allocates only where its capacity or the scratch's is too small.
    package func encode(
        _ latent: UnsafeBufferPointer<Float>,
        into payload: inout [UInt8],
        scratch: inout LatentScratch
    ) {
        var values: [Int16] = []
        swap(&values, &scratch.values)
        quantize(latent, into: &values)
        encode(values: values, into: &payload, scratch: &scratch)
        swap(&values, &scratch.values)
    }

    /// Replaces `payload` by the payload of quantised values.
    package func encode(
        values: [Int16],
        into payload: inout [UInt8],
        scratch: inout LatentScratch
    ) {
        collect(values, &scratch)
        payload.removeAll(keepingCapacity: true)
        // Room for the envelope's first byte.
        payload.append(0)
        scratch.entries.withUnsafeBufferPointer { entries in
            scratch.encoder.encode(
                entries: entries,
                tables: model.tables,
                appendingTo: &payload
            )
        }
        Bitstream.seal(&payload, body: .oneLane, identity: fingerprint)
    }

    /// The ideal code length of quantised values in bits: what the integer tables charge for them,
    /// escapes included.
    package func idealCodeLength(of values: [Int16]) -> Double {
        var scratch = LatentScratch()
        collect(values, &scratch)
        let total = scratch.entries.reduce(0) { sum, entry in
            guard let cost = model.tables.tables[Int(entry >> 8)].cost(of: UInt8(entry & 0xFF))
            else { preconditionFailure("a model's tables code each of their symbols") }
            return sum + Int(cost)
        }
        return Double(total) / Double(1 << FixedPointLogarithm.fractionBits)
    }

    /// Fills the scratch's entries with the symbols of `values`.
    private func collect(_ values: [Int16], _ scratch: inout LatentScratch) {
        precondition(values.count == count, "the latent has \(count) coefficients")
        var entries: [UInt16] = []
        swap(&entries, &scratch.entries)
        entries.removeAll(keepingCapacity: true)
        entries.reserveCapacity(count)
        let limits = model.limits
        values.withUnsafeBufferPointer { values in
            let start = values.baseAddress.unsafelyUnwrapped
            scratch.context.withWalk(model, offsets: level.offsets, values: start) { walk in
                forEachCoefficient { channel, position in
                    let value = values[channel * model.positions + position]
                    let table = walk.table(channel: channel, position: position)
                    append(Int(value), table: table, limit: limits[table], to: &entries)
                    walk.pass(channel: channel, position: position, value: value)
                }
            }
        }
        swap(&entries, &scratch.entries)
    }

    @inline(__always)
    private func append(_ value: Int, table: Int, limit: Int, to entries: inout [UInt16]) {
        if abs(value) <= limit {
            entries.append(UInt16(truncatingIfNeeded: table << 8 | LatentSymbol.zigzag(value)))
        } else {
            appendEscape(value, table: table, limit: limit, to: &entries)
        }
    }

    private func appendEscape(
        _ value: Int,
        table: Int,
        limit: Int,
        to entries: inout [UInt16]
    ) {
        precondition(abs(value) <= LatentSymbol.magnitudeLimit, "a value lies within ±32767")
        entries.append(UInt16(table << 8 | (2 * limit + 1)))
        let order = LatentSymbol.escapeOrder(limit: limit)
        let number = abs(value) - limit - 1 + 1 << order
        let width = Int.bitWidth - number.leadingZeroBitCount
        let bit = UInt16(model.bitTable << 8)
        entries.append(contentsOf: repeatElement(bit, count: width - 1 - order))
        for place in (0..<width).reversed() { entries.append(bit | UInt16(number >> place & 1)) }
        entries.append(bit | (value < 0 ? 1 : 0))
    }

    /// The table that codes each of the quantised values, channel-major.
    package func tables(for values: [Int16]) -> [Int] {
        precondition(values.count == count, "the latent has \(count) coefficients")
        var (tables, state) = ([Int](repeating: 0, count: count), LatentContextState())
        values.withUnsafeBufferPointer { values in
            let start = values.baseAddress.unsafelyUnwrapped
            state.withWalk(model, offsets: level.offsets, values: start) { walk in
                forEachCoefficient { channel, position in
                    let index = channel * model.positions + position
                    tables[index] = walk.table(channel: channel, position: position)
                    walk.pass(channel: channel, position: position, value: values[index])
                }
            }
        }
        return tables
    }
}
