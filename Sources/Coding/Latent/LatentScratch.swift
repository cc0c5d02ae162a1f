/// Buffers that a latent codec reuses from one latent to the next.
///
/// One per thread of execution.
package struct LatentScratch: Sendable {
    /// Quantised values, channel-major.
    var values: [Int16] = []

    /// 256 · table + symbol, in coding order.
    var entries: [UInt16] = []

    var context = LatentContextState()
    var encoder = RangeANSEncoder()

    package init() {}
}
