extension FrequencyTable {
    /// Appends the compact form of this table; BITSTREAM.md, "Frequency table".
    func write(to writer: inout ByteWriter) {
        writer.append(UInt8(precision))
        writer.append(UInt8(alphabetSize - 1))
        var bits = BitWriter()
        var previousWidth = 1
        for frequency in frequencies {
            let width = UInt16.bitWidth - frequency.leadingZeroBitCount
            let difference = width - previousWidth
            let unary = difference > 0 ? 2 * difference - 1 : -2 * difference
            for _ in 0..<unary { bits.append(1, count: 1) }
            bits.append(0, count: 1)
            if width > 1 { bits.append(frequency, count: width - 1) }
            previousWidth = width
        }
        writer.append(contentsOf: bits.finish())
    }

    /// Reads the compact form and leaves `reader` after it.
    ///
    /// - Throws: `CodingError.malformedTable` if it is cut short or not what `write` produces.
    init(from reader: inout ByteReader) throws(CodingError) {
        guard let precision = reader.readByte(), let last = reader.readByte() else {
            throw .malformedTable("it ends within its header")
        }
        var bits = BitReader(bytes: reader.bytes, offset: reader.offset, end: reader.end)
        var frequencies: [UInt16] = []
        var width = 1
        for _ in 0...Int(last) {
            guard let unary = bits.readUnary(limit: 2 * UInt16.bitWidth) else {
                throw .malformedTable("it ends within a frequency")
            }
            width += unary % 2 == 1 ? (unary + 1) / 2 : -(unary / 2)
            guard (0...15).contains(width) else {
                throw .malformedTable("a frequency of \(width) bits")
            }
            guard let mantissa = bits.read(count: max(width - 1, 0)) else {
                throw .malformedTable("it ends within a frequency")
            }
            frequencies.append(width == 0 ? 0 : (1 << UInt16(width - 1)) | mantissa)
        }
        guard let offset = bits.finish() else { throw .malformedTable("its padding is not zero") }
        reader.offset = offset
        try self.init(frequencies: frequencies, precision: Int(precision))
    }
}
