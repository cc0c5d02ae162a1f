/// Decodes a rANS body, run by run, so that what was decoded may decide which table comes next.
///
/// Every read is checked against the end of the body: a hostile body gives an error or wrong
/// symbols, which the envelope's checksum is there to catch, never an access out of bounds.
package struct RangeANSDecoder {
    private let bytes: [UInt8]
    private let end: Int
    private var kernel: RangeANSDecoderKernel

    /// Starts on the body `bytes[range]`.
    ///
    /// - Throws: `CodingError.malformedBody` if its states are not what the encoder can leave.
    package init(
        bytes: [UInt8],
        range: Range<Int>,
        lanes: RangeANS.Lanes
    ) throws(CodingError) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        self.bytes = bytes
        self.end = range.upperBound
        let body = range.count
        switch lanes {
        case .one:
            let width = body < 5 ? body : 4 - body % 2
            let state = Self.state(bytes, range.lowerBound, width)
            guard width == 0 || state >> UInt32(8 * (width - 1)) > 0 else {
                throw .malformedBody("its state has a leading zero byte")
            }
            kernel = RangeANSDecoderKernel(one: state, offset: range.lowerBound + width)
        case .two, .four:
            guard body >= lanes.leastBody, body % 2 == 0 else {
                throw .malformedBody("\(body) bytes are not a length of an interleaved body")
            }
            let states = (0..<lanes.rawValue).map { lane in
                Self.state(bytes, range.lowerBound + 4 * lane, 4)
            }
            guard states.allSatisfy({ $0 >= RangeANS.stateBound }) else {
                throw .malformedBody("a state is below its bound")
            }
            kernel = RangeANSDecoderKernel(
                lanes: lanes,
                states: states,
                offset: range.lowerBound + 4 * lanes.rawValue
            )
        }
    }

    private static func state(_ bytes: [UInt8], _ offset: Int, _ width: Int) -> UInt32 {
        (0..<width).reversed().reduce(0) { $0 << 8 | UInt32(bytes[offset + $1]) }
    }

    /// Decodes the next `output.count` symbols with table `table` of `tables`.
    ///
    /// - Throws: `CodingError.malformedBody` if the body ends before them.
    package mutating func decode(
        into output: UnsafeMutableBufferPointer<UInt8>,
        table: Int,
        of tables: CodingTables
    ) throws(CodingError) {
        precondition(tables.tables.indices.contains(table), "there is such a table")
        guard let symbols = output.baseAddress, !output.isEmpty else { return }
        let precision = UInt32(tables.tables[table].precision)
        let slotOffset = tables.slotOffsets[table]
        bytes.withUnsafeBytes { bytes in
            tables.slots.withUnsafeBufferPointer { slots in
                tables.decoding.withUnsafeBufferPointer { entries in
                    kernel.pop(
                        symbols,
                        count: output.count,
                        model: RangeANSDecoderKernel.Model(
                            slots: slots.baseAddress.unsafelyUnwrapped + slotOffset,
                            entries: entries.baseAddress.unsafelyUnwrapped + 256 * table,
                            precision: precision
                        ),
                        body: UnsafeRawBufferPointer(rebasing: bytes[..<end])
                    )
                }
            }
        }
        guard !kernel.isExhausted else { throw .malformedBody("it ends before its symbols") }
    }

    /// Hands `take` a reader of a one-lane body for symbols that each have a table of their own, and
    /// goes on where it stops.
    ///
    /// - Parameters:
    ///   - tables: Tables of one precision.
    ///   - take: Gets the reader, which is valid only within it.
    mutating func read(
        tables: CodingTables,
        _ take: (inout RangeANSSymbolReader) -> Void
    ) {
        bytes.withUnsafeBytes { bytes in
            tables.slots.withUnsafeBufferPointer { slots in
                tables.decoding.withUnsafeBufferPointer { entries in
                    var reader = RangeANSSymbolReader(
                        kernel: kernel,
                        body: UnsafeRawBufferPointer(rebasing: bytes[..<end]),
                        slots: slots.baseAddress.unsafelyUnwrapped,
                        entries: entries.baseAddress.unsafelyUnwrapped,
                        precision: UInt32(tables.tables[0].precision),
                        tableCount: tables.tables.count
                    )
                    take(&reader)
                    kernel = reader.kernel
                }
            }
        }
    }

    /// Checks that the body ends here, with every state where the encoder started it.
    ///
    /// - Throws: `CodingError.malformedBody`.
    package func finish() throws(CodingError) {
        guard kernel.offset == end else {
            throw .malformedBody("\(end - kernel.offset) bytes are left over")
        }
        guard kernel.isAtStart else {
            throw .malformedBody("a state does not end where the encoder starts")
        }
    }
}
