extension LatentAdaptation {
    /// Appends the compact form: a zero byte if there is but one choice.
    func write(to writer: inout ByteWriter) {
        guard let table else { return writer.append(0) }
        writer.append(UInt8(unit))
        writer.append(UInt8(neutral))
        table.write(to: &writer)
    }

    /// Reads the compact form and leaves `reader` after it.
    ///
    /// - Throws: `CodingError.malformedDescription` or `malformedTable`.
    init(from reader: inout ByteReader) throws(CodingError) {
        guard let unit = reader.readByte() else {
            throw .malformedDescription("it ends before its adaptation")
        }
        guard unit > 0 else {
            self = .none
            return
        }
        guard let neutral = reader.readByte() else {
            throw .malformedDescription("it ends within its adaptation")
        }
        let table = try FrequencyTable(from: &reader)
        try self.init(table: table, neutral: Int(neutral), unit: Int(unit))
    }
}
