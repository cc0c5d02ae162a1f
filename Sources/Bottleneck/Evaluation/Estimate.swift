/// A figure and how far it can be trusted.
package struct Estimate: Equatable, Sendable {
    package var value: Double
    /// 95 % confidence interval; nil if it is not known.
    package var interval: ClosedRange<Double>?

    package init(_ value: Double, interval: ClosedRange<Double>? = nil) {
        self.value = value
        self.interval = interval
    }
}
