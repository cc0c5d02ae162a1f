extension UniformQuantizer {
    /// A quantiser whose ranges reach from the smallest to the largest value of calibration tensors.
    ///
    /// Their order does not matter, and values that are not finite are ignored; a channel without
    /// any gets the range 0...0.
    ///
    /// - Parameters:
    ///   - samples: Tensors of one size, which is a multiple of `channels`.
    ///   - channels: How many ranges to make; 1 for a range per tensor.
    ///   - bits: One of `bitWidths`.
    /// - Returns: The quantiser, the same on every platform for the same samples.
    package static func calibrated(
        samples: [[Float]],
        channels: Int,
        bits: Int
    ) -> UniformQuantizer {
        precondition(channels > 0, "there is at least one channel")
        let count = samples.first?.count ?? 0
        precondition(samples.allSatisfy { $0.count == count }, "samples have one size")
        precondition(count.isMultiple(of: channels), "channels have equal sizes")
        let size = count / channels
        let scales = (0..<channels).map { channel in
            let values = samples.lazy.map { $0[channel * size..<(channel + 1) * size] }
            let range = range(of: values)
            return AffineScale(from: range.lowerBound, through: range.upperBound, bits: bits)
        }
        return UniformQuantizer(bits: bits, scales: scales)
    }

    /// From the smallest to the largest finite value.
    private static func range(of slices: some Sequence<ArraySlice<Float>>) -> ClosedRange<Float> {
        var (lower, upper) = (Float.infinity, -Float.infinity)
        for slice in slices {
            for value in slice where value.isFinite {
                lower = min(lower, value)
                upper = max(upper, value)
            }
        }
        return lower <= upper ? lower...upper : 0...0
    }
}
