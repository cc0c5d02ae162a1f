/// How often something happens, written like `2/s` or `30/min`.
enum EventRate {
    static let units: KeyValuePairs<String, Double> = ["/s": 1, "/min": 60, "/h": 3_600]

    static let remedy = "a rate such as \"2/s\" (/s, /min, /h)"

    /// Events per second; positive.
    static func parse(_ text: String) -> Result<Double, QuantityError> {
        if text.hasPrefix("-") { return .failure(QuantityError("\(text.quoted) is negative")) }
        return DecimalNumber.prefix(of: text, as: "a rate").flatMap { number, rest in
            let unit = rest.hasPrefix(" ") ? String(rest.dropFirst()) : rest
            guard let seconds = units.first(where: { $0.key == unit })?.value else {
                return .failure(
                    QuantityError(
                        unit.isEmpty
                            ? "\(text.quoted) lacks a unit"
                            : "\(unit.quoted) is not a unit of rate"
                    )
                )
            }
            guard number.digits > 0 else {
                return .failure(QuantityError("a rate of 0 never issues a request"))
            }
            return .success(number.approximation / seconds)
        }
    }
}
