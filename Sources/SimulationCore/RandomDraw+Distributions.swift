extension RandomDraw {
    /// Uniform over the multiples of 2^-53 in [0, 1).
    @inlinable public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform over the multiples of 2^-53 in (0, 1].
    @inlinable public mutating func positiveUnit() -> Double {
        Double((next() >> 11) + 1) * 0x1p-53
    }

    /// Uniform over 0..<bound, without bias; `bound` is positive.
    ///
    /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
    @inlinable public mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0, "a draw below 0 has no values")
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return product.high
    }

    /// True with `probability`, which lies in 0...1.
    @inlinable public mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// Exponential with mean 1.
    @inlinable public mutating func exponential() -> Double {
        -NaturalLogarithm.of(positiveUnit())
    }

    /// Exponential with the given mean, rounded to the nearest nanosecond.
    @inlinable public mutating func exponential(mean: SimulationDuration) -> SimulationDuration {
        mean.scaled(by: exponential())
    }

    /// Uniform over the whole nanoseconds from 0 to `span`, both included.
    @inlinable public mutating func uniform(upTo span: SimulationDuration) -> SimulationDuration {
        SimulationDuration(nanoseconds: Int64(below(UInt64(span.nanoseconds) + 1)))
    }

    /// Normal with mean 0 and standard deviation 1.
    ///
    /// Source: Marsaglia and Bray, "A convenient method for generating normal variables", SIAM
    /// Review 6 (1964). The polar method: needs a logarithm and a square root, which IEEE 754
    /// rounds correctly, and no trigonometric function.
    @inlinable public mutating func normal() -> Double {
        while true {
            let x = 2 * unit() - 1
            let y = 2 * unit() - 1
            let square = x * x + y * y
            if square > 0, square < 1 {
                return x * (-2 * NaturalLogarithm.of(square) / square).squareRoot()
            }
        }
    }
}
