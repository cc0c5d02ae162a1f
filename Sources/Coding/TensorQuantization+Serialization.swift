extension TensorQuantization {
    /// Appends the part of a codec description after the element count.
    func write(to writer: inout ByteWriter) {
        writer.appendVariable(channelCount)
        writer.appendVariable(quantizer.scales.count)
        for scale in quantizer.scales {
            writer.append(UInt64(scale.step.bitPattern), count: 4)
            writer.append(UInt64(UInt32(bitPattern: Int32(scale.zeroPoint))), count: 4)
        }
        writer.appendVariable(tables.tables.count)
        for table in tables.tables { table.write(to: &writer) }
        for index in tableOfChannel where tables.tables.count > 1 { writer.appendVariable(index) }
    }

    /// Reads what `write` appends.
    ///
    /// - Throws: `CodingError.malformedDescription` or `malformedTable`.
    init(from reader: inout ByteReader, bits: Int) throws(CodingError) {
        guard UniformQuantizer.bitWidths.contains(bits) else {
            throw .malformedDescription("symbols of \(bits) bits")
        }
        guard let channels = reader.readVariable(), (1...Self.channelLimit).contains(channels)
        else {
            throw .malformedDescription("no number of channels within 1...\(Self.channelLimit)")
        }
        let scales = try Self.readScales(&reader, channels: channels)
        let tableCounts = 1...min(channels, Self.tableLimit)
        guard let tableCount = reader.readVariable(), tableCounts.contains(tableCount) else {
            throw .malformedDescription("no number of tables within \(tableCounts)")
        }
        var tables: [FrequencyTable] = []
        for _ in 0..<tableCount { tables.append(try FrequencyTable(from: &reader)) }
        var tableOfChannel: [Int] = []
        for _ in 0..<channels {
            guard let index = tableCount == 1 ? 0 : reader.readVariable() else {
                throw .malformedDescription("it ends within the channels' tables")
            }
            tableOfChannel.append(index)
        }
        try self.init(
            quantizer: UniformQuantizer(bits: bits, scales: scales),
            tables: tables,
            tableOfChannel: tableOfChannel
        )
    }

    private static func readScales(
        _ reader: inout ByteReader,
        channels: Int
    ) throws(CodingError) -> [AffineScale] {
        guard let count = reader.readVariable(), count == 1 || count == channels else {
            throw .malformedDescription("neither one scale nor one for each channel")
        }
        var scales: [AffineScale] = []
        for _ in 0..<count {
            guard let step = reader.readInteger(count: 4), let zero = reader.readInteger(count: 4)
            else { throw .malformedDescription("it ends within its scales") }
            let scale = AffineScale(
                step: Float(bitPattern: UInt32(step)),
                zeroPoint: Int(Int32(bitPattern: UInt32(zero)))
            )
            guard let scale else { throw .malformedDescription("a scale is out of bounds") }
            scales.append(scale)
        }
        return scales
    }
}
