/// A decimal number as text, turned into a whole number of some smaller unit without passing
/// through floating point.
enum DecimalNumber {
    enum Fault: Error, Equatable {
        case notANumber
        case notFinite
        case negative
        case tooLarge
    }

    /// The value of `text` times `multiplier`, rounded half up; digits past the 18th are dropped.
    static func parse(
        _ text: ArraySlice<UInt8>,
        times multiplier: Int64
    ) throws(Fault) -> Int64 {
        var rest = text
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        var significand: Int128 = 0
        var digits = 0
        var exponent = 0
        var seenPoint = false
        var seenDigit = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                seenDigit = true
                if digits < 18 {
                    significand = significand * 10 + Int128(byte - UInt8(ascii: "0"))
                    if significand > 0 { digits += 1 }
                    if seenPoint { exponent -= 1 }
                } else if !seenPoint {
                    exponent += 1
                }
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        guard seenDigit else { throw isNotFinite(rest) ? .notFinite : .notANumber }
        exponent += try exponentSuffix(rest)
        if isNegative, significand > 0 { throw .negative }
        return try scale(significand * Int128(multiplier), exponent: exponent)
    }

    private static func scale(_ value: Int128, exponent: Int) throws(Fault) -> Int64 {
        var value = value
        if value == 0 { return 0 }
        if exponent >= 0 {
            for _ in 0..<exponent {
                guard value <= Int128(Int64.max) else { throw .tooLarge }
                value *= 10
            }
        } else {
            guard exponent >= -37 else { return 0 }
            var divisor: Int128 = 1
            for _ in 0..<(-exponent) { divisor *= 10 }
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
            value = remainder >= divisor - remainder ? quotient + 1 : quotient
        }
        guard let result = Int64(exactly: value) else { throw .tooLarge }
        return result
    }

    private static func exponentSuffix(_ text: ArraySlice<UInt8>) throws(Fault) -> Int {
        guard let mark = text.first else { return 0 }
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E"),
            let exponent = Int(String(decoding: text.dropFirst(), as: UTF8.self))
        else { throw .notANumber }
        guard (-99...99).contains(exponent) else { throw exponent > 0 ? .tooLarge : .notANumber }
        return exponent
    }

    private static func isNotFinite(_ text: ArraySlice<UInt8>) -> Bool {
        let word = String(decoding: text, as: UTF8.self).lowercased()
        return word == "nan" || word == "inf" || word == "infinity"
    }
}
