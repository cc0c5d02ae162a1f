/// The encoder's inner loops.
///
/// Symbols go in last first; `d` is the lane of the next one to go in.
struct RangeANSEncoderKernel {
    private let lanes: RangeANS.Lanes
    private var a, b, c, d: UInt32

    /// The lowest word written so far.
    private(set) var top: UnsafeMutablePointer<UInt16>

    /// The highest bit is set once a symbol had frequency zero.
    private var validity: UInt16 = 0

    init(lanes: RangeANS.Lanes, top: UnsafeMutablePointer<UInt16>) {
        let start = lanes == .one ? 0 : RangeANS.stateBound
        self.lanes = lanes
        (a, b, c, d) = (start, start, start, start)
        self.top = top
    }

    /// The state of each lane.
    var states: [UInt32] { [a, b, c, d].suffix(lanes.rawValue) }

    var isValid: Bool { validity >> 15 == 0 }

    /// Encodes `count` symbols with one table.
    ///
    /// There must be room for `count` + 1 words.
    mutating func push(
        _ symbols: UnsafePointer<UInt8>,
        count: Int,
        entries: UnsafePointer<CodingTables.EncodingEntry>,
        precision: UInt32
    ) {
        switch lanes {
        case .one: pushOne(symbols, count, entries, precision)
        case .two: pushTwo(symbols, count, entries, precision)
        case .four: pushFour(symbols, count, entries, precision)
        }
    }

    /// Encodes symbols given as entries of `table`, all of one precision, into one lane.
    ///
    /// There must be room for one more word than there are symbols.
    mutating func push(
        _ symbols: UnsafeBufferPointer<UInt16>,
        of table: UnsafeBufferPointer<CodingTables.EncodingEntry>,
        precision: UInt32
    ) {
        var (state, top, validity) = (d, top, validity)
        var index = symbols.count
        while index > 0 {
            index -= 1
            Self.step(&state, table[Int(symbols[index])], precision, &top, &validity)
        }
        (d, self.top, self.validity) = (state, top, validity)
    }

    private mutating func pushOne(
        _ symbols: UnsafePointer<UInt8>,
        _ count: Int,
        _ entries: UnsafePointer<CodingTables.EncodingEntry>,
        _ precision: UInt32
    ) {
        var (state, top, validity) = (d, top, validity)
        var index = count
        while index > 0 {
            index -= 1
            Self.step(&state, entries[Int(symbols[index])], precision, &top, &validity)
        }
        (d, self.top, self.validity) = (state, top, validity)
    }

    private mutating func pushTwo(
        _ symbols: UnsafePointer<UInt8>,
        _ count: Int,
        _ entries: UnsafePointer<CodingTables.EncodingEntry>,
        _ precision: UInt32
    ) {
        var (c, d, top, validity) = (c, d, top, validity)
        var index = count
        if index & 1 != 0 {
            index -= 1
            Self.step(&d, entries[Int(symbols[index])], precision, &top, &validity)
            (c, d) = (d, c)
        }
        while index > 0 {
            index -= 2
            Self.step(&d, entries[Int(symbols[index + 1])], precision, &top, &validity)
            Self.step(&c, entries[Int(symbols[index])], precision, &top, &validity)
        }
        (self.c, self.d, self.top, self.validity) = (c, d, top, validity)
    }

    private mutating func pushFour(
        _ symbols: UnsafePointer<UInt8>,
        _ count: Int,
        _ entries: UnsafePointer<CodingTables.EncodingEntry>,
        _ precision: UInt32
    ) {
        var (a, b, c, d, top, validity) = (a, b, c, d, top, validity)
        var index = count
        while index & 3 != 0 {
            index -= 1
            Self.step(&d, entries[Int(symbols[index])], precision, &top, &validity)
            (a, b, c, d) = (d, a, b, c)
        }
        while index > 0 {
            index -= 4
            Self.step(&d, entries[Int(symbols[index + 3])], precision, &top, &validity)
            Self.step(&c, entries[Int(symbols[index + 2])], precision, &top, &validity)
            Self.step(&b, entries[Int(symbols[index + 1])], precision, &top, &validity)
            Self.step(&a, entries[Int(symbols[index])], precision, &top, &validity)
        }
        (self.a, self.b, self.c, self.d, self.top, self.validity) = (a, b, c, d, top, validity)
    }

    /// One symbol: writes a word if the state would leave 32 bits, then
    /// state' = ⌊state / f⌋ · 2^precision + cumulative + state mod f.
    @inline(__always)
    private static func step(
        _ state: inout UInt32,
        _ entry: CodingTables.EncodingEntry,
        _ precision: UInt32,
        _ top: inout UnsafeMutablePointer<UInt16>,
        _ validity: inout UInt16
    ) {
        validity |= entry.frequency &- 1
        (top - 1).pointee = UInt16(truncatingIfNeeded: state)
        // The sign of f − 1 − share, as arithmetic: a branch here is a coin toss to the processor.
        let share = state &>> (32 &- precision)
        let writes = (UInt64(entry.frequency) &- 1 &- UInt64(share)) &>> 63
        top -= Int(truncatingIfNeeded: writes)
        state &>>= UInt32(truncatingIfNeeded: writes &<< 4)
        let product = UInt64(state) &* entry.reciprocal
        let quotient = UInt32(truncatingIfNeeded: product &>> UInt64(32 &+ precision))
        state = state &+ quotient &* entry.complement &+ UInt32(entry.cumulative)
    }
}
