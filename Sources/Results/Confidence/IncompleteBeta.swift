import Foundation

/// The regularised incomplete beta function, which the binomial and Student's t distribution follow from.
enum IncompleteBeta {
    /// I_x(a, b), the distribution function of the beta distribution.
    ///
    /// By the continued fraction DLMF 8.17.22 in Lentz's form, on the side of its mean where it converges in
    /// O(√max(a, b)) steps.
    ///
    /// - Parameters:
    ///   - x: from 0 to 1.
    ///   - a: positive.
    ///   - b: positive.
    /// - Returns: from 0 to 1.
    static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
        precondition((0...1).contains(x) && a > 0 && b > 0, "I_x(a, b) is not defined there.")
        if x == 0 || x == 1 { return x }
        let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
        return x < (a + 1) / (a + b + 2)
            ? front * fraction(x, a, b) / a
            : 1 - front * fraction(1 - x, b, a) / b
    }

    /// The probability of at most `events` in `trials`, each with `probability`.
    static func binomial(atMost events: Int, of trials: Int, probability: Double) -> Double {
        guard events < trials else { return 1 }
        return regularized(1 - probability, Double(trials - events), Double(events + 1))
    }

    private static func logGamma(_ value: Double) -> Double {
        // The C library's own keeps the sign in a global; arguments here are positive.
        var sign: Int32 = 0
        return lgamma_r(value, &sign)
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        func away(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
        var numerator = 1.0
        var denominator = 1 / away(1 - (a + b) * x / (a + 1))
        var result = denominator
        for step in 1...100_000 {
            let m = Double(step)
            for term in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                denominator = 1 / away(1 + term * denominator)
                numerator = away(1 + term / numerator)
                result *= numerator * denominator
            }
            if abs(numerator * denominator - 1) < 1e-15 { break }
        }
        return result
    }
}
