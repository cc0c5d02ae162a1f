extension LatentCodec {
    /// The latent of a payload, `count` numbers, channel-major.
    ///
    /// - Throws: `CodingError` if this codec did not produce the payload.
    package func decode(_ payload: [UInt8]) throws(CodingError) -> [Float] {
        var scratch = LatentScratch()
        var latent = [Float](repeating: 0, count: count)
        try latent.withUnsafeMutableBufferPointer { latent throws(CodingError) in
            try decode(payload, into: latent, scratch: &scratch)
        }
        return latent
    }

    /// Writes the latent of a payload to `latent`, which has room for `count` numbers.
    ///
    /// Allocates only where the scratch's capacity is too small. On an error the contents of
    /// `latent` are unspecified.
    ///
    /// - Throws: `CodingError` if this codec did not produce the payload.
    package func decode(
        _ payload: [UInt8],
        into latent: UnsafeMutableBufferPointer<Float>,
        scratch: inout LatentScratch
    ) throws(CodingError) {
        precondition(latent.count == count, "the latent has \(count) coefficients")
        let (kind, body) = try Bitstream.open(payload, identity: fingerprint)
        guard kind == .oneLane else { throw .unexpectedBody(kind: Int(kind.rawValue)) }
        var decoder = try RangeANSDecoder(bytes: payload, range: body, lanes: .one)
        if scratch.values.count != count { scratch.values = [Int16](repeating: 0, count: count) }
        var isInRange = true
        decoder.read(tables: model.tables) { reader in
            isInRange = decodeValues(&reader, into: latent, &scratch)
        }
        guard isInRange else { throw .malformedBody("a value has more than 16 bits") }
        try decoder.finish()
    }

    /// Decodes and reconstructs all coefficients; false if one is none that an encoder writes.
    private func decodeValues(
        _ reader: inout RangeANSSymbolReader,
        into latent: UnsafeMutableBufferPointer<Float>,
        _ scratch: inout LatentScratch
    ) -> Bool {
        let units = reconstructionUnits
        let (limits, shifts) = (model.limits, model.family.centroidShifts)
        var isInRange = true
        var context = LatentContextState()
        swap(&context, &scratch.context)
        scratch.values.withUnsafeMutableBufferPointer { values in
            let start = UnsafePointer(values.baseAddress.unsafelyUnwrapped)
            context.withWalk(model, offsets: level.offsets, values: start) { walk in
                forEachCoefficient { channel, position in
                    let table = walk.table(channel: channel, position: position)
                    let number = next(&reader, table: table, limit: limits[table])
                    let value = Int16(truncatingIfNeeded: number)
                    isInRange = isInRange && abs(number) <= LatentSymbol.magnitudeLimit
                    let index = channel * model.positions + position
                    values[index] = value
                    latent[index] = Self.reconstruction(
                        of: value,
                        shift: shifts[table],
                        unit: units[units.count == 1 ? 0 : channel]
                    )
                    walk.pass(channel: channel, position: position, value: value)
                }
            }
        }
        swap(&context, &scratch.context)
        return isInRange
    }

    @inline(__always)
    private func next(_ reader: inout RangeANSSymbolReader, table: Int, limit: Int) -> Int {
        let symbol = reader.next(table: table)
        guard symbol > 2 * limit else { return LatentSymbol.value(of: symbol) }
        return nextEscaped(&reader, limit: limit)
    }

    /// The value behind an escape; beyond the limit of magnitudes if no encoder writes such bits.
    private func nextEscaped(_ reader: inout RangeANSSymbolReader, limit: Int) -> Int {
        let order = LatentSymbol.escapeOrder(limit: limit)
        var width = order
        while reader.next(table: model.bitTable) == 0 {
            width += 1
            guard width <= LatentSymbol.prefixLimit else {
                return LatentSymbol.magnitudeLimit + 1
            }
        }
        var number = 1
        for _ in 0..<width { number = number << 1 | reader.next(table: model.bitTable) }
        let magnitude = number - 1 << order + limit + 1
        return reader.next(table: model.bitTable) == 0 ? magnitude : -magnitude
    }
}
