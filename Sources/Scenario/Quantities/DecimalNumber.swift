/// A decimal number without a sign, exact: `digits` over ten to the power of `decimals`.
struct DecimalNumber: Equatable {
    /// Longer numbers are refused, so that products with units fit.
    static let mostDigits = 18

    var digits: UInt64
    var decimals: Int

    /// Splits text into a number such as `12` or `0.5`, of at most `mostDigits` digits, and what follows it.
    ///
    /// - Parameters:
    ///   - text: the number first.
    ///   - kind: what it is to be, for messages.
    /// - Returns: both parts, or what is wrong with the number.
    static func prefix(
        of text: String,
        as kind: String
    ) -> Result<(number: DecimalNumber, rest: String), QuantityError> {
        let noNumber = QuantityError("\(text.quoted) is not \(kind)")
        let bytes = Array(text.utf8)
        let whole = bytes.prefix { isDigit($0) }
        guard !whole.isEmpty else { return .failure(noNumber) }
        var fraction: ArraySlice<UInt8> = []
        var end = whole.count
        if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
            fraction = bytes[(end + 1)...].prefix { isDigit($0) }
            guard !fraction.isEmpty else { return .failure(noNumber) }
            end += 1 + fraction.count
        }
        guard whole.count + fraction.count <= mostDigits,
            let digits = UInt64(String(decoding: whole + fraction, as: UTF8.self))
        else {
            return .failure(QuantityError("\(text.quoted) has more than \(mostDigits) digits"))
        }
        let number = DecimalNumber(digits: digits, decimals: fraction.count)
        return .success((number, String(decoding: bytes[end...], as: UTF8.self)))
    }

    /// The number times `unit`; nil unless it is a whole number that fits.
    func times(_ unit: Int64) -> Int64? {
        let product = Int128(digits) * Int128(unit)
        let divisor = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
        guard product % divisor == 0 else { return nil }
        return Int64(exactly: product / divisor)
    }

    /// Whether the number times `unit` is too large, rather than not whole.
    func overflows(_ unit: Int64) -> Bool {
        let divisor = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
        return Int128(digits) * Int128(unit) / divisor > Int128(Int64.max)
    }

    /// The nearest floating-point number.
    var approximation: Double {
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        return Double(digits) / power
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
