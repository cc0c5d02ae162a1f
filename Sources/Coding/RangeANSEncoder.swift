/// Encodes symbols into rANS bodies; keeps its buffer from one body to the next.
package struct RangeANSEncoder: Sendable {
    /// The words of a body, written from the end towards the front.
    private var words: [UInt16] = []

    package init() {}

    /// Appends the body of `symbols` to `output`.
    ///
    /// - Parameters:
    ///   - symbols: All symbols of the message, in the order the decoder yields them.
    ///   - segments: Which table each run of symbols uses; their counts add up to the symbols'.
    ///   - tables: What the segments' indices refer to.
    ///   - output: What the body is appended to; untouched on an error.
    /// - Returns: How many lanes the body has; the decoder has to be told.
    /// - Throws: `CodingError.symbolNotInTable`.
    package mutating func encode(
        _ symbols: UnsafeBufferPointer<UInt8>,
        segments: [SymbolSegment],
        tables: CodingTables,
        appendingTo output: inout [UInt8]
    ) throws(CodingError) -> RangeANS.Lanes {
        precondition(
            segments.reduce(0) { $0 + $1.count } == symbols.count,
            "the segments cover the symbols"
        )
        precondition(
            segments.allSatisfy { $0.table < tables.tables.count },
            "every segment has a table"
        )
        reserve(symbolCount: symbols.count)
        var bound = Self.bound(segments, tables)
        for lanes in [.four, .two] as [RangeANS.Lanes] where bound >= lanes.leastBody {
            let run = run(symbols, segments, tables, lanes: lanes)
            guard run.isValid else { throw Self.firstInvalid(symbols, segments, tables) }
            let size = 4 * lanes.rawValue + 2 * run.wordCount
            if size >= lanes.leastBody {
                append(run.states, byteCount: 4, wordCount: run.wordCount, to: &output)
                return lanes
            }
            bound = size
        }
        let run = run(symbols, segments, tables, lanes: .one)
        guard run.isValid else { throw Self.firstInvalid(symbols, segments, tables) }
        appendOneLane(run, to: &output)
        return .one
    }

    /// Appends the one-lane body of symbols that each have a table of their own to `output`.
    ///
    /// - Parameters:
    ///   - entries: 256 · (index of the table) + symbol for each symbol, in the order the decoder yields
    ///     them.
    ///   - tables: At most 256 tables of one precision, which code each of the symbols.
    ///   - output: What the body is appended to.
    package mutating func encode(
        entries: UnsafeBufferPointer<UInt16>,
        tables: CodingTables,
        appendingTo output: inout [UInt8]
    ) {
        reserve(symbolCount: entries.count)
        let run = words.withUnsafeMutableBufferPointer { words in
            tables.encoding.withUnsafeBufferPointer { table in
                let bottom = words.baseAddress.unsafelyUnwrapped + words.count
                var kernel = RangeANSEncoderKernel(lanes: .one, top: bottom)
                kernel.push(entries, of: table, precision: UInt32(tables.tables[0].precision))
                return Run(
                    states: kernel.states,
                    wordCount: bottom - kernel.top,
                    isValid: kernel.isValid
                )
            }
        }
        precondition(run.isValid, "the tables code each of the symbols")
        appendOneLane(run, to: &output)
    }

    private struct Run {
        var states: [UInt32]
        var wordCount: Int
        var isValid: Bool
    }

    /// Encodes all symbols, the last one first; leaves the words at the end of `words`.
    private mutating func run(
        _ symbols: UnsafeBufferPointer<UInt8>,
        _ segments: [SymbolSegment],
        _ tables: CodingTables,
        lanes: RangeANS.Lanes
    ) -> Run {
        words.withUnsafeMutableBufferPointer { words in
            tables.encoding.withUnsafeBufferPointer { entries in
                let bottom = words.baseAddress.unsafelyUnwrapped + words.count
                var kernel = RangeANSEncoderKernel(lanes: lanes, top: bottom)
                var remaining = symbols.count
                for segment in segments.reversed() where segment.count > 0 {
                    remaining -= segment.count
                    kernel.push(
                        symbols.baseAddress.unsafelyUnwrapped + remaining,
                        count: segment.count,
                        entries: entries.baseAddress.unsafelyUnwrapped + 256 * segment.table,
                        precision: UInt32(tables.tables[segment.table].precision)
                    )
                }
                return Run(
                    states: kernel.states,
                    wordCount: bottom - kernel.top,
                    isValid: kernel.isValid
                )
            }
        }
    }

    /// A word is written before it is known to be needed, hence one to spare.
    private mutating func reserve(symbolCount: Int) {
        guard words.count < symbolCount + 1 else { return }
        words = [UInt16](repeating: 0, count: symbolCount + 1)
    }

    private func appendOneLane(_ run: Run, to output: inout [UInt8]) {
        let state = run.states[0]
        let byteCount = (32 - state.leadingZeroBitCount + 7) / 8
        append([state], byteCount: byteCount, wordCount: run.wordCount, to: &output)
    }

    private func append(
        _ states: [UInt32],
        byteCount: Int,
        wordCount: Int,
        to output: inout [UInt8]
    ) {
        output.reserveCapacity(output.count + states.count * byteCount + 2 * wordCount)
        for state in states {
            for index in 0..<byteCount {
                output.append(UInt8(truncatingIfNeeded: state >> UInt32(8 * index)))
            }
        }
        words.suffix(wordCount).withUnsafeBufferPointer { words in
            #if _endian(little)
            output.append(contentsOf: UnsafeRawBufferPointer(words))
            #else
            for word in words {
                output.append(UInt8(truncatingIfNeeded: word))
                output.append(UInt8(truncatingIfNeeded: word >> 8))
            }
            #endif
        }
    }

    /// No body has more bytes.
    private static func bound(_ segments: [SymbolSegment], _ tables: CodingTables) -> Int {
        segments.reduce(0) { $0 + $1.count * tables.tables[$1.table].precision } / 8 + 32
    }

    private static func firstInvalid(
        _ symbols: UnsafeBufferPointer<UInt8>,
        _ segments: [SymbolSegment],
        _ tables: CodingTables
    ) -> CodingError {
        var position = 0
        for segment in segments {
            for symbol in symbols[position..<position + segment.count] {
                if tables.encoding[256 * segment.table + Int(symbol)].frequency == 0 {
                    return .symbolNotInTable(
                        symbol: Int(symbol),
                        table: segment.table,
                        position: position
                    )
                }
                position += 1
            }
        }
        preconditionFailure("the kernel found a symbol without frequency")
    }
}
