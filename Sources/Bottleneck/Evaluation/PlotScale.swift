import Foundation

/// An axis: the values that it spans, and where it marks them.
struct PlotScale {
    let isLogarithmic: Bool
    let range: ClosedRange<Double>

    /// From the 1, 2 or 5 at or below the values to the one at or above them.
    static func logarithmic(_ values: ClosedRange<Double>) -> PlotScale {
        let ticks = ticks(from: values.lowerBound / 5, to: values.upperBound * 5)
        let low = ticks.last { $0 <= values.lowerBound * (1 + 1e-9) } ?? values.lowerBound
        let high =
            ticks.first { $0 >= values.upperBound * (1 - 1e-9) && $0 > low } ?? values.upperBound
        return PlotScale(isLogarithmic: true, range: low...high)
    }

    /// From the tick below the values to their end, with a little room above.
    static func linear(_ values: ClosedRange<Double>) -> PlotScale {
        let span = max(values.upperBound - values.lowerBound, 1e-6)
        let step = step(span)
        let low = (values.lowerBound / step + 1e-9).rounded(.down) * step
        return PlotScale(isLogarithmic: false, range: low...(values.upperBound + 0.04 * span))
    }

    /// 0 at the low end, 1 at the high end, beyond them outside the range.
    func fraction(_ value: Double) -> Double {
        let (low, high) = (range.lowerBound, range.upperBound)
        return isLogarithmic
            ? log(max(value, low * 1e-6) / low) / log(high / low) : (value - low) / (high - low)
    }

    /// Round values inside the range: 1, 2 and 5 of each decade, or two to seven multiples of one step.
    var ticks: [Double] {
        let (low, high) = (range.lowerBound, range.upperBound)
        if isLogarithmic {
            return Self.ticks(from: low * (1 - 1e-9), to: high * (1 + 1e-9))
        }
        let step = Self.step(high - low)
        let first = Int((low / step - 1e-9).rounded(.up))
        let last = Int((high / step + 1e-9).rounded(.down))
        return (first...max(first, last)).map { Double($0) * step }
    }

    /// Powers of ten among the ticks, which stay legible when there is no room for all.
    func isDecade(_ tick: Double) -> Bool {
        let exponent = log10(tick)
        return (exponent - exponent.rounded()).magnitude < 1e-9
    }

    /// How many decades a logarithmic axis spans.
    var decades: Double { log10(range.upperBound / range.lowerBound) }

    private static func ticks(from low: Double, to high: Double) -> [Double] {
        let exponents = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        return exponents.flatMap { exponent in
            [1.0, 2, 5].map { $0 * pow(10, Double(exponent)) }
        }.filter { low <= $0 && $0 <= high }
    }

    /// 1, 2 or 5 times a power of ten, of which 2⅔ to 6⅔ make up the span.
    private static func step(_ span: Double) -> Double {
        let rough = span / 5
        let power = pow(10, log10(rough).rounded(.down))
        return ([1.0, 2, 5, 10].first { $0 * power >= rough * 0.75 } ?? 10) * power
    }
}
