/// The decoder's inner loops.
///
/// `a` is the lane of the next symbol to come out.
struct RangeANSDecoderKernel {
    /// One table of `CodingTables`.
    struct Model {
        var slots: UnsafePointer<UInt8>
        var entries: UnsafePointer<UInt32>
        var precision: UInt32
    }

    private let lanes: RangeANS.Lanes
    private var a, b, c, d: UInt32

    /// Where the next word begins.
    private(set) var offset: Int

    /// Whether a word was needed that is not there.
    private(set) var isExhausted = false

    init(one state: UInt32, offset: Int) {
        lanes = .one
        (a, b, c, d) = (state, 0, 0, 0)
        self.offset = offset
    }

    /// Two or four lanes.
    init(lanes: RangeANS.Lanes, states: [UInt32], offset: Int) {
        precondition(lanes != .one && states.count == lanes.rawValue, "a state for each lane")
        let start = RangeANS.stateBound
        self.lanes = lanes
        (a, b) = (states[0], states[1])
        (c, d) = lanes == .four ? (states[2], states[3]) : (start, start)
        self.offset = offset
    }

    /// Whether every state is where the encoder starts.
    var isAtStart: Bool {
        switch lanes {
        case .one: a == 0
        case .two, .four: [a, b, c, d].allSatisfy { $0 == RangeANS.stateBound }
        }
    }

    /// Decodes `count` symbols with one table; words come out of `body` at `offset`.
    mutating func pop(
        _ symbols: UnsafeMutablePointer<UInt8>,
        count: Int,
        model: Model,
        body: UnsafeRawBufferPointer
    ) {
        switch lanes {
        case .one: popOne(symbols, count, model, body)
        case .two: popTwo(symbols, count, model, body)
        case .four: popFour(symbols, count, model, body)
        }
    }

    /// Decodes one symbol of a one-lane body.
    @inline(__always)
    mutating func next(model: Model, body: UnsafeRawBufferPointer) -> UInt8 {
        let symbol = Self.step(&a, model)
        if body.count - offset >= 2 { Self.refill(&a, body, &offset) }
        return symbol
    }

    /// The state began at zero, so that it may stay below its bound when the words are used up.
    private mutating func popOne(
        _ symbols: UnsafeMutablePointer<UInt8>,
        _ count: Int,
        _ model: Model,
        _ body: UnsafeRawBufferPointer
    ) {
        var (state, offset) = (a, offset)
        var index = 0
        while index < count, body.count - offset >= 2 {
            symbols[index] = Self.step(&state, model)
            Self.refill(&state, body, &offset)
            index += 1
        }
        while index < count {
            symbols[index] = Self.step(&state, model)
            index += 1
        }
        (a, self.offset) = (state, offset)
    }

    private mutating func popTwo(
        _ symbols: UnsafeMutablePointer<UInt8>,
        _ count: Int,
        _ model: Model,
        _ body: UnsafeRawBufferPointer
    ) {
        var (a, b, offset) = (a, b, offset)
        var index = 0
        while count - index >= 2, body.count - offset >= 4 {
            symbols[index] = Self.step(&a, model)
            symbols[index + 1] = Self.step(&b, model)
            Self.refill(&a, body, &offset)
            Self.refill(&b, body, &offset)
            index += 2
        }
        while index < count {
            symbols[index] = Self.step(&a, model)
            refillAtEnd(&a, body, &offset)
            (a, b) = (b, a)
            index += 1
        }
        (self.a, self.b, self.offset) = (a, b, offset)
    }

    private mutating func popFour(
        _ symbols: UnsafeMutablePointer<UInt8>,
        _ count: Int,
        _ model: Model,
        _ body: UnsafeRawBufferPointer
    ) {
        var (a, b, c, d, offset) = (a, b, c, d, offset)
        var index = 0
        while count - index >= 4, body.count - offset >= 8 {
            symbols[index] = Self.step(&a, model)
            symbols[index + 1] = Self.step(&b, model)
            symbols[index + 2] = Self.step(&c, model)
            symbols[index + 3] = Self.step(&d, model)
            Self.refill(&a, body, &offset)
            Self.refill(&b, body, &offset)
            Self.refill(&c, body, &offset)
            Self.refill(&d, body, &offset)
            index += 4
        }
        while index < count {
            symbols[index] = Self.step(&a, model)
            refillAtEnd(&a, body, &offset)
            (a, b, c, d) = (b, c, d, a)
            index += 1
        }
        (self.a, self.b, self.c, self.d, self.offset) = (a, b, c, d, offset)
    }

    /// Takes in a word if the state is below its bound and there is one.
    private mutating func refillAtEnd(
        _ state: inout UInt32,
        _ body: UnsafeRawBufferPointer,
        _ offset: inout Int
    ) {
        guard state < RangeANS.stateBound else { return }
        if body.count - offset >= 2 {
            Self.refill(&state, body, &offset)
        } else {
            isExhausted = true
        }
    }

    /// The symbol that owns the state's slot; state' = f · ⌊state / 2^precision⌋ + slot − cumulative.
    @inline(__always)
    private static func step(_ state: inout UInt32, _ model: Model) -> UInt8 {
        let slot = state & (1 &<< model.precision &- 1)
        let symbol = model.slots[Int(slot)]
        let entry = model.entries[Int(symbol)]
        state = (entry & 0xFFFF) &* (state &>> model.precision) &+ slot &- entry &>> 16
        return symbol
    }

    /// Takes in a word if the state is below its bound.
    ///
    /// The word at `offset` must exist.
    @inline(__always)
    private static func refill(
        _ state: inout UInt32,
        _ body: UnsafeRawBufferPointer,
        _ offset: inout Int
    ) {
        let address = body.baseAddress.unsafelyUnwrapped + offset
        let word = UInt32(UInt16(littleEndian: address.loadUnaligned(as: UInt16.self)))
        // The sign of state − bound, as arithmetic: a branch here is a coin toss to the processor.
        let reads = (UInt64(state) &- UInt64(RangeANS.stateBound)) &>> 63
        let filled = state &<< 16 | word
        state ^= (state ^ filled) & (0 &- UInt32(truncatingIfNeeded: reads))
        offset &+= Int(truncatingIfNeeded: reads &<< 1)
    }
}
