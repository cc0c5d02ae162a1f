extension LatentModel {
    private static let descriptionVersion: UInt8 = 1
    /// The last byte before the checksum.
    private static let reserved: UInt8 = 0

    /// Reads `encodedDescription`.
    ///
    /// - Throws: `CodingError.malformedDescription` or `malformedTable` if these bytes are not what
    ///   `encodedDescription` holds, down to the last bit.
    package init(description bytes: [UInt8]) throws(CodingError) {
        guard bytes.count > 3 else { throw .malformedDescription("\(bytes.count) bytes") }
        var reader = ByteReader(bytes: bytes, end: bytes.count - 3)
        let stated = bytes.suffix(3).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        guard CyclicRedundancyCheck.value(of: Array(bytes.dropLast(3))) == stated else {
            throw .malformedDescription("its checksum does not match")
        }
        guard let version = reader.readByte(), version == Self.descriptionVersion else {
            throw .malformedDescription("version \(bytes[0]) instead of \(Self.descriptionVersion)")
        }
        guard let channels = reader.readVariable(), (1...Self.channelLimit).contains(channels),
            let positions = reader.readVariable(), (1...Self.positionLimit).contains(positions),
            let groups = reader.readVariable(), (1...256).contains(groups)
        else { throw .malformedDescription("its dimensions are out of range") }
        let group = try reader.readRuns(count: positions)
        let indices = try Self.readScaleIndices(&reader, channels: channels, groups: groups)
        let family = try LatentFamily(from: &reader)
        let order = try LatentOrder(from: &reader, channels: channels, group: group)
        let context = try LatentContext.read(
            from: &reader,
            tables: family.tables.count,
            positions: positions
        )
        guard let byte = reader.readByte(), byte == Self.reserved else {
            throw .malformedDescription("the byte behind its context is not \(Self.reserved)")
        }
        guard reader.isAtEnd else { throw .malformedDescription("bytes are left over") }
        try self.init(
            channels: channels,
            group: group,
            scaleIndices: indices,
            family: family,
            order: order,
            context: context
        )
        guard encodedDescription == bytes else {
            throw .malformedDescription("it is not in canonical form")
        }
    }

    /// Each scale index as its difference from the same group's in the channel before.
    private static func readScaleIndices(
        _ reader: inout ByteReader,
        channels: Int,
        groups: Int
    ) throws(CodingError) -> [Int16] {
        var previous = [Int](repeating: 0, count: groups)
        var indices: [Int16] = []
        for _ in 0..<channels {
            for group in 0..<groups {
                guard let difference = reader.readSigned(),
                    scaleIndexRange.contains(previous[group] + difference)
                else { throw .malformedDescription("a scale index is missing or out of range") }
                previous[group] += difference
                indices.append(Int16(previous[group]))
            }
        }
        return indices
    }

    static func describe(
        channels: Int,
        group: [UInt8],
        scaleIndices: [Int16],
        family: LatentFamily,
        order: LatentOrder,
        context: LatentContext?
    ) -> [UInt8] {
        var writer = ByteWriter()
        let groups = scaleIndices.count / channels
        writer.append(descriptionVersion)
        writer.appendVariable(channels)
        writer.appendVariable(group.count)
        writer.appendVariable(groups)
        writer.appendRuns(group)
        for (place, index) in scaleIndices.enumerated() {
            let previous = place < groups ? 0 : scaleIndices[place - groups]
            writer.appendSigned(Int(index) - Int(previous))
        }
        family.write(to: &writer)
        order.write(to: &writer, group: group)
        LatentContext.write(context, to: &writer)
        writer.append(reserved)
        writer.appendBigEndian(CyclicRedundancyCheck.value(of: writer.bytes))
        return writer.bytes
    }
}
