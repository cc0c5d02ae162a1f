extension LatentContext {
    /// Appends the compact form of `context`, or a zero byte if there is none.
    static func write(_ context: Self?, to writer: inout ByteWriter) {
        guard let context else { return writer.append(0) }
        let around = context.neighbourhood
        writer.append(1)
        for figure in [
            around.cap, around.channelWeight, around.channelDecay, around.sampleWeight,
            around.sampleShift, context.bucketWidth, context.bucketCount, context.rowShift,
            around.positionWeights.count,
        ] + around.positionWeights { writer.append(UInt8(figure)) }
        writer.appendVariable(around.bias)
        context.writeNeighbours(to: &writer)
        for adjustment in context.adjustments { writer.append(UInt8(bitPattern: adjustment)) }
    }

    /// The distinct patterns of distances to the neighbours, then each position's pattern.
    private func writeNeighbours(to writer: inout ByteWriter) {
        guard !neighbourhood.positionWeights.isEmpty else { return }
        let (patterns, ofPosition) = neighbourPatterns
        writer.append(UInt8(patterns.count - 1))
        for distance in patterns.joined() { writer.appendSigned(distance) }
        writer.appendRuns(ofPosition.map { UInt8($0) })
    }

    /// Reads the compact form and leaves `reader` after it.
    ///
    /// - Returns: Nil if there is no context.
    /// - Throws: `CodingError.malformedDescription`.
    static func read(
        from reader: inout ByteReader,
        tables: Int,
        positions: Int
    ) throws(CodingError) -> Self? {
        guard let kind = reader.readByte(), kind < 2 else {
            throw .malformedDescription("a context of an unknown kind")
        }
        guard kind == 1 else { return nil }
        let figures = try read(&reader, bytes: 9).map { Int($0) }
        guard figures[8] <= 4 else { throw .malformedDescription("too many neighbours") }
        let weights = try read(&reader, bytes: figures[8]).map { Int($0) }
        guard let bias = reader.readVariable() else {
            throw .malformedDescription("a context without a bias")
        }
        let neighbours = try readNeighbours(&reader, width: weights.count, positions: positions)
        guard figures[7] < 8 else { throw .malformedDescription("rows of too many tables") }
        let rows = (tables - 1) >> figures[7] + 1
        let adjustments = try read(&reader, bytes: rows * figures[6]).map { Int8(bitPattern: $0) }
        return try LatentContext(
            neighbourhood: Neighbourhood(
                cap: figures[0],
                channelWeight: figures[1],
                channelDecay: figures[2],
                positionWeights: weights,
                sampleWeight: figures[3],
                sampleShift: figures[4],
                bias: bias
            ),
            neighbours: neighbours,
            bucketWidth: figures[5],
            bucketCount: figures[6],
            rowShift: figures[7],
            adjustments: adjustments
        )
    }

    private static func readNeighbours(
        _ reader: inout ByteReader,
        width: Int,
        positions: Int
    ) throws(CodingError) -> [Int32] {
        guard width > 0 else { return [] }
        guard let last = reader.readByte() else {
            throw .malformedDescription("a context without neighbours")
        }
        var distances: [Int] = []
        for _ in 0..<(Int(last) + 1) * width {
            guard let distance = reader.readSigned() else {
                throw .malformedDescription("it ends within its neighbours")
            }
            distances.append(distance)
        }
        var neighbours: [Int32] = []
        for (position, pattern) in try reader.readRuns(count: positions).enumerated() {
            guard pattern <= last else { throw .malformedDescription("no such pattern") }
            for distance in distances[Int(pattern) * width..<(Int(pattern) + 1) * width] {
                let neighbour = position - distance
                guard (0..<positions).contains(neighbour) else {
                    throw .malformedDescription("a neighbour outside of the latent")
                }
                neighbours.append(distance == 0 ? -1 : Int32(neighbour))
            }
        }
        return neighbours
    }

    private static func read(
        _ reader: inout ByteReader,
        bytes count: Int
    ) throws(CodingError) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<count {
            guard let byte = reader.readByte() else {
                throw .malformedDescription("it ends within its context")
            }
            bytes.append(byte)
        }
        return bytes
    }
}
