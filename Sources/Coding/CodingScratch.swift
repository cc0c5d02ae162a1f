/// Buffers that a codec reuses from one tensor to the next.
///
/// One per thread of execution.
package struct CodingScratch: Sendable {
    var symbols: [UInt8] = []
    var encoder = RangeANSEncoder()

    package init() {}

    mutating func reserve(symbolCount: Int) {
        guard symbols.count < symbolCount else { return }
        symbols = [UInt8](repeating: 0, count: symbolCount)
    }
}
