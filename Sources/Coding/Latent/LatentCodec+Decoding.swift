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
        var (context, values) = (LatentContextState(), [Int16]())
        swap(&context, &scratch.context)
        swap(&values, &scratch.values)
        if values.count != count { values = [Int16](repeating: 0, count: count) }
        var isInRange = true
        decoder.read(tables: model.tables) { reader in
            let choice =
                model.adaptation.choiceCount > 1
                ? reader.next(table: model.bitTable + 1) : model.adaptation.neutral
            context.start(model, offsets: offsets(choice: choice))
            let units = reconstructionUnits(choice: choice)
            forEachCoefficient { channel, position in
                let index = channel * model.positions + position
                let scale = context.scale(
                    model,
                    channel: channel,
                    position: position,
                    values: values
                )
                let table = model.family.table(forScale: scale)
                let number = next(&reader, table: table)
                isInRange = isInRange && abs(number) <= LatentSymbol.magnitudeLimit
                let value = Int16(truncatingIfNeeded: number)
                values[index] = value
                let unit = units[units.count == 1 ? 0 : channel]
                latent[index] = self.value(value, table: table, unit: unit)
                context.update(model, channel: channel, position: position, value: value)
            }
        }
        swap(&context, &scratch.context)
        swap(&values, &scratch.values)
        guard isInRange else { throw .malformedBody("a value has more than 16 bits") }
        try decoder.finish()
    }

    @inline(__always)
    private func next(_ reader: inout RangeANSSymbolReader, table: Int) -> Int {
        let symbol = reader.next(table: table)
        let limit = model.limits[table]
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
