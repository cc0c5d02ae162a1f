extension Int64 {
    /// The nearest whole number, halves away from zero: what `rounded()` gives, of which the C library makes a call.
    @inlinable @inline(__always) public init(nearest value: Double) {
        let whole = Int64(value)
        // Exact: of so large a value that it would not be, there is no rest.
        let rest = value - Double(whole)
        self = whole + (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0)
    }
}
