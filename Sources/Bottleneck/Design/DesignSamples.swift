/// The inputs that a unit is designed on, computed one by one.
package struct DesignSamples: Sendable {
    /// How many.
    package let count: Int
    /// How many numbers a sample has.
    package let size: Int
    private let fill:
        @Sendable (Int, UnsafeMutableBufferPointer<Float>) throws(BottleneckError) ->
            Void

    /// - Parameters:
    ///   - count: How many; at least one.
    ///   - size: How many numbers a sample has.
    ///   - fill: Writes a sample as the network reads it, channel-major; called on several threads.
    package init(
        count: Int,
        size: Int,
        fill:
            @escaping @Sendable (Int, UnsafeMutableBufferPointer<Float>) throws(BottleneckError) ->
            Void
    ) {
        precondition(count > 0 && size > 0, "a design needs samples")
        (self.count, self.size, self.fill) = (count, size, fill)
    }

    /// Writes sample `index` to `buffer`, which has room for it.
    ///
    /// - Throws: `BottleneckError` when it cannot be read.
    package func write(
        _ index: Int,
        to buffer: UnsafeMutableBufferPointer<Float>
    ) throws(BottleneckError) {
        try fill(index, buffer)
    }
}
