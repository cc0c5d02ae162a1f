/// Whole numbers as JSON may have them: `1000`, `1000.0` and `1e3` are one.
enum WholeNumber {
    /// No number that anything takes has more digits.
    private static let mostDigits = 64

    /// The digits of the JSON number `text`, exactly, or as many as are too many; nil when it is not whole.
    static func digits(of text: String) -> String? {
        let parts = text.lowercased().split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        let digits = mantissa[0] + fraction
        guard digits.contains(where: { $0 != "-" && $0 != "0" }) else { return "0" }
        let exponent = parts.count > 1 ? Int(parts[1]) : 0
        guard let exponent else { return parts[1].hasPrefix("-") ? nil : tooMany }
        guard exponent <= mostDigits else { return tooMany }
        guard exponent >= -digits.count else { return nil }
        let zeros = exponent - fraction.count
        if zeros >= 0 { return String(digits) + String(repeating: "0", count: zeros) }
        guard digits.suffix(-zeros).allSatisfy({ $0 == "0" }) else { return nil }
        return String(digits.dropLast(-zeros))
    }

    private static var tooMany: String { String(repeating: "9", count: mostDigits) }
}
