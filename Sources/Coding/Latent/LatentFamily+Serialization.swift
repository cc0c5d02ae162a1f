extension LatentFamily {
    /// Appends the compact form; BITSTREAM.md, "Latent", states it.
    func write(to writer: inout ByteWriter) {
        writer.appendVariable(tables.count)
        writer.appendSigned(origin)
        writer.append(UInt8(tablesPerOctave))
        for (table, shift) in zip(tables, centroidShifts) {
            writer.append(shift)
            table.write(to: &writer)
        }
    }

    /// Reads the compact form and leaves `reader` after it.
    ///
    /// - Throws: `CodingError.malformedDescription` or `malformedTable`.
    init(from reader: inout ByteReader) throws(CodingError) {
        guard let count = reader.readVariable(), Self.tableCounts.contains(count),
            let origin = reader.readSigned(), let density = reader.readByte()
        else { throw .malformedDescription("a family without a valid head") }
        var (tables, shifts): ([FrequencyTable], [UInt8]) = ([], [])
        for _ in 0..<count {
            guard let shift = reader.readByte() else {
                throw .malformedDescription("a family ends within its tables")
            }
            shifts.append(shift)
            tables.append(try FrequencyTable(from: &reader))
        }
        try self.init(
            tables: tables,
            centroidShifts: shifts,
            origin: origin,
            tablesPerOctave: Int(density)
        )
    }
}
