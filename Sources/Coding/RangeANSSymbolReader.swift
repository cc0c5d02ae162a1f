/// Takes symbols out of a one-lane body one at a time, each with a table of its own.
///
/// A body that ends early gives wrong symbols; `RangeANSDecoder.finish` finds that out.
struct RangeANSSymbolReader {
    private(set) var kernel: RangeANSDecoderKernel
    private let body: UnsafeRawBufferPointer
    private let slots: UnsafePointer<UInt8>
    private let entries: UnsafePointer<UInt32>
    private let precision: UInt32
    private let tableCount: Int

    /// - Parameters:
    ///   - kernel: Where the body has been read to.
    ///   - body: All bytes up to the end of the body.
    ///   - slots: 2^`precision` a table.
    ///   - entries: 256 a table.
    ///   - precision: Of every table.
    ///   - tableCount: How many tables there are.
    init(
        kernel: RangeANSDecoderKernel,
        body: UnsafeRawBufferPointer,
        slots: UnsafePointer<UInt8>,
        entries: UnsafePointer<UInt32>,
        precision: UInt32,
        tableCount: Int
    ) {
        self.kernel = kernel
        self.body = body
        self.slots = slots
        self.entries = entries
        self.precision = precision
        self.tableCount = tableCount
    }

    /// The next symbol.
    @inline(__always)
    mutating func next(table: Int) -> Int {
        precondition(table >= 0 && table < tableCount, "there is such a table")
        let model = RangeANSDecoderKernel.Model(
            slots: slots + table << Int(precision),
            entries: entries + table << 8,
            precision: precision
        )
        return Int(kernel.next(model: model, body: body))
    }
}
