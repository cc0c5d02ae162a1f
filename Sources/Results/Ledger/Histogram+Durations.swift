package import Histogram

extension Histogram {
    /// An empty histogram of nanoseconds.
    ///
    /// It has room for 17 s from the start and grows beyond: the library's growth from nothing is slow.
    package static func ofDurations(_ digits: SignificantDigits) -> Self {
        var histogram = Self(
            highestTrackableValue: 1 << 34,
            numberOfSignificantValueDigits: digits
        )
        histogram.autoResize = true
        return histogram
    }
}
