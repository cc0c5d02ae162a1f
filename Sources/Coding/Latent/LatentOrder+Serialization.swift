extension LatentOrder {
    /// Appends the compact form; orders that follow from the groups take no space.
    func write(to writer: inout ByteWriter, group: [UInt8]) {
        let sortsChannels = channels != Array(channels.indices)
        let sortsPositions = positions != Self.positions(byGroup: group)
        writer.append(nesting.rawValue | (sortsChannels ? 2 : 0) | (sortsPositions ? 4 : 0))
        if sortsChannels { for channel in channels { writer.appendVariable(channel) } }
        if sortsPositions { for position in positions { writer.appendVariable(position) } }
    }

    /// Reads the compact form and leaves `reader` after it.
    ///
    /// - Throws: `CodingError.malformedDescription`.
    init(from reader: inout ByteReader, channels: Int, group: [UInt8]) throws(CodingError) {
        guard let flags = reader.readByte(), flags < 8, let nesting = Nesting(rawValue: flags & 1)
        else { throw .malformedDescription("no order") }
        let channelOrder =
            flags & 2 == 0 ? Array(0..<channels) : try Self.read(&reader, count: channels)
        let positionOrder =
            flags & 4 == 0
            ? Self.positions(byGroup: group) : try Self.read(&reader, count: group.count)
        try self.init(nesting: nesting, channels: channelOrder, positions: positionOrder)
    }

    private static func read(
        _ reader: inout ByteReader,
        count: Int
    ) throws(CodingError) -> [Int] {
        var order: [Int] = []
        for _ in 0..<count {
            guard let index = reader.readVariable() else {
                throw .malformedDescription("it ends within an order")
            }
            order.append(index)
        }
        return order
    }
}
