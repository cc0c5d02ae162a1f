extension UniformQuantizer {
    /// How a channel's range follows from the values seen in calibration.
    package enum Clipping: Hashable, Sendable {
        /// From the smallest to the largest value.
        case extremes

        /// Leaves out so many values in a million at either end, rounded down; 0..<500,000.
        case quantiles(perMillion: Int)
    }

    /// A quantiser whose ranges come from calibration tensors.
    ///
    /// Their order does not matter, and values that are not finite are ignored; a channel without
    /// any gets the range 0...0.
    ///
    /// - Parameters:
    ///   - samples: Tensors of one size, which is a multiple of `channels`.
    ///   - channels: How many ranges to make; 1 for a range per tensor.
    ///   - bits: One of `bitWidths`.
    ///   - clipping: What counts as the range.
    /// - Returns: The quantiser, the same on every platform for the same samples.
    package static func calibrated(
        samples: [[Float]],
        channels: Int,
        bits: Int,
        clipping: Clipping = .extremes
    ) -> UniformQuantizer {
        precondition(channels > 0, "there is at least one channel")
        let count = samples.first?.count ?? 0
        precondition(samples.allSatisfy { $0.count == count }, "samples have one size")
        precondition(count.isMultiple(of: channels), "channels have equal sizes")
        let size = count / channels
        let scales = (0..<channels).map { channel in
            let values = samples.lazy.map { $0[channel * size..<(channel + 1) * size] }
            let range = range(of: values, clipping: clipping)
            return AffineScale(from: range.lowerBound, through: range.upperBound, bits: bits)
        }
        return UniformQuantizer(bits: bits, scales: scales)
    }

    private static func range(
        of slices: some Sequence<ArraySlice<Float>>,
        clipping: Clipping
    ) -> ClosedRange<Float> {
        switch clipping {
        case .extremes:
            var (lower, upper) = (Float.infinity, -Float.infinity)
            for slice in slices {
                for value in slice where value.isFinite {
                    lower = min(lower, value)
                    upper = max(upper, value)
                }
            }
            return lower <= upper ? lower...upper : 0...0
        case .quantiles(let perMillion):
            precondition((0..<500_000).contains(perMillion), "less than half at either end")
            let values = slices.flatMap { $0.filter(\.isFinite) }.sorted()
            guard !values.isEmpty else { return 0...0 }
            let left = values.count * perMillion / 1_000_000
            return values[left]...values[values.count - 1 - left]
        }
    }
}
