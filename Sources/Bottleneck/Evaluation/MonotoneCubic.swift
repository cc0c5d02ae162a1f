/// Piecewise cubic Hermite interpolation that is monotone wherever the data are (PCHIP), and a
/// straight line through two points.
///
/// Slopes: Fritsch and Butland, "A method for constructing local monotone piecewise cubic
/// interpolants", SIAM J. Sci. Stat. Comput. 5 (1984); at the ends the three-point formula with
/// its limits as in Kahaner, Moler and Nash, "Numerical methods and software" (1989).
struct MonotoneCubic {
    /// Abscissas, strictly increasing.
    let x: [Double]
    let y: [Double]
    private let slopes: [Double]

    /// At least two points with strictly increasing `x`.
    init(x: [Double], y: [Double]) {
        precondition(x.count == y.count && x.count >= 2, "interpolation needs two points")
        precondition(zip(x, x.dropFirst()).allSatisfy(<), "the abscissas must increase")
        self.x = x
        self.y = y
        slopes = Self.slopes(x, y)
    }

    /// The value at `position`, which lies between the first and the last abscissa.
    func value(at position: Double) -> Double {
        let (segment, t) = locate(position)
        let (a, b, c, d) = coefficients(segment)
        return a + t * (b + t * (c + t * d))
    }

    /// The integral over `range`, which lies between the first and the last abscissa.
    func integral(over range: ClosedRange<Double>) -> Double {
        let (first, start) = locate(range.lowerBound)
        let (last, end) = locate(range.upperBound)
        var sum = 0.0
        for segment in first...last {
            let (a, b, c, d) = coefficients(segment)
            func antiderivative(_ t: Double) -> Double {
                t * (a + t * (b / 2 + t * (c / 3 + t * d / 4)))
            }
            sum += antiderivative(segment == last ? end : x[segment + 1] - x[segment])
            sum -= antiderivative(segment == first ? start : 0)
        }
        return sum
    }

    /// The segment that holds `position`, and how far inside it is.
    private func locate(_ position: Double) -> (segment: Int, offset: Double) {
        precondition(x[0] <= position && position <= x[x.count - 1], "nothing is extrapolated")
        let segment = x.dropLast().lastIndex { $0 <= position } ?? 0
        return (segment, position - x[segment])
    }

    /// The cubic of a segment in powers of the distance from its start.
    private func coefficients(_ segment: Int) -> (Double, Double, Double, Double) {
        let h = x[segment + 1] - x[segment]
        let secant = (y[segment + 1] - y[segment]) / h
        let (start, end) = (slopes[segment], slopes[segment + 1])
        return (
            y[segment], start, (3 * secant - 2 * start - end) / h,
            (start + end - 2 * secant) / (h * h)
        )
    }

    private static func slopes(_ x: [Double], _ y: [Double]) -> [Double] {
        let widths = zip(x.dropFirst(), x).map { $0 - $1 }
        let secants = zip(zip(y.dropFirst(), y).map { $0 - $1 }, widths).map { $0 / $1 }
        let last = secants.count - 1
        guard last > 0 else { return [secants[0], secants[0]] }
        let inner = (1...last).map { (index: Int) -> Double in
            let (before, after) = (secants[index - 1], secants[index])
            guard before * after > 0 else { return 0 }
            let weightBefore = 2 * widths[index] + widths[index - 1]
            let weightAfter = widths[index] + 2 * widths[index - 1]
            return (weightBefore + weightAfter) / (weightBefore / before + weightAfter / after)
        }
        let first = endSlope(widths[0], widths[1], secants[0], secants[1])
        let final = endSlope(widths[last], widths[last - 1], secants[last], secants[last - 1])
        return [first] + inner + [final]
    }

    /// `near` belongs to the segment at the end, `next` to its neighbour.
    private static func endSlope(
        _ nearWidth: Double,
        _ nextWidth: Double,
        _ near: Double,
        _ next: Double
    ) -> Double {
        let slope =
            ((2 * nearWidth + nextWidth) * near - nearWidth * next) / (nearWidth + nextWidth)
        if slope * near <= 0 { return 0 }
        if near * next <= 0 && slope.magnitude > 3 * near.magnitude { return 3 * near }
        return slope
    }
}
