/// The inputs that a unit is designed on, computed one by one.
package struct DesignSamples: Sendable {
    /// How many.
    package let count: Int
    /// How many numbers a sample has.
    package let size: Int
    /// How many samples in a row are views of the same image.
    package let views: Int
    private let fill:
        @Sendable (Int, UnsafeMutableBufferPointer<Float>) throws(BottleneckError) ->
            Void

    /// - Parameters:
    ///   - count: How many; at least one.
    ///   - size: How many numbers a sample has.
    ///   - views: How many samples in a row are views of the same image; divides `count`.
    ///   - fill: Writes a sample as the network reads it, channel-major; called on several threads.
    package init(
        count: Int,
        size: Int,
        views: Int = 1,
        fill:
            @escaping @Sendable (Int, UnsafeMutableBufferPointer<Float>) throws(BottleneckError) ->
            Void
    ) {
        precondition(count > 0 && size > 0, "a design needs samples")
        precondition(views > 0 && count % views == 0, "every image has as many views")
        (self.count, self.size, self.views, self.fill) = (count, size, views, fill)
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
