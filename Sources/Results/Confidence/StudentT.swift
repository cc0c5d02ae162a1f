/// Student's t distribution.
enum StudentT {
    /// The value that a t variable's magnitude does not exceed with probability `confidence`.
    ///
    /// Solved from P(|T| > t) = I_{ν/(ν+t²)}(ν/2, ½) by bisection.
    ///
    /// - Parameters:
    ///   - confidence: between 0 and 1, exclusive.
    ///   - degreesOfFreedom: ν, positive.
    /// - Returns: t.
    static func quantile(confidence: Double, degreesOfFreedom: Int) -> Double {
        precondition(confidence > 0 && confidence < 1 && degreesOfFreedom > 0, "No such quantile.")
        let degrees = Double(degreesOfFreedom)
        func outside(_ value: Double) -> Double {
            IncompleteBeta.regularized(degrees / (degrees + value * value), degrees / 2, 0.5)
        }
        var low = 0.0
        var high = 1.0
        while outside(high) > 1 - confidence { high *= 2 }
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return high }
            if outside(middle) > 1 - confidence { low = middle } else { high = middle }
        }
    }
}
