/// What a number with a unit measures, and the units it may be written in.
enum Dimension {
    /// In nanoseconds.
    case duration
    /// In bytes.
    case size
    /// In bits per second.
    case bitRate

    /// Units by name, in the order in which messages list them.
    var units: KeyValuePairs<String, Int64> {
        switch self {
        case .duration:
            [
                "ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "min": 60_000_000_000,
                "h": 3_600_000_000_000,
            ]
        case .size:
            [
                "B": 1, "kB": 1_000, "KiB": 1 << 10, "MB": 1_000_000, "MiB": 1 << 20,
                "GB": 1_000_000_000, "GiB": 1 << 30,
            ]
        case .bitRate:
            [
                "bit/s": 1, "kbit/s": 1_000, "Mbit/s": 1_000_000, "Gbit/s": 1_000_000_000,
                "B/s": 8, "kB/s": 8_000, "MB/s": 8_000_000,
            ]
        }
    }

    /// What to write, for messages.
    var remedy: String {
        let list = units.map(\.key).joined(separator: ", ")
        return switch self {
        case .duration: "a duration such as \"20ms\" (\(list))"
        case .size: "a size such as \"64KiB\" (\(list))"
        case .bitRate: "a rate such as \"5Mbit/s\" (\(list))"
        }
    }

    private var noun: String {
        switch self {
        case .duration: "time"
        case .size: "size"
        case .bitRate: "rate"
        }
    }

    /// What the smallest unit is called, in the plural.
    private var grains: String {
        switch self {
        case .duration: "nanoseconds"
        case .size: "bytes"
        case .bitRate: "bits per second"
        }
    }

    /// Reads `text` exactly.
    func parse(_ text: String) -> Result<Int64, QuantityError> {
        if text.hasPrefix("-") { return .failure(QuantityError("\(text.quoted) is negative")) }
        return DecimalNumber.prefix(of: text, as: "a number with a unit").flatMap { number, rest in
            let unit = rest.hasPrefix(" ") ? String(rest.dropFirst()) : rest
            if unit.isEmpty { return .failure(QuantityError("\(text.quoted) lacks a unit")) }
            guard let factor = units.first(where: { $0.key == unit })?.value else {
                return .failure(QuantityError("\(unit.quoted) is not a unit of \(noun)"))
            }
            if let value = number.times(factor) { return .success(value) }
            return .failure(
                QuantityError(
                    number.overflows(factor)
                        ? "\(text.quoted) is too large"
                        : "\(text.quoted) is not a whole number of \(grains)"
                )
            )
        }
    }
}

/// Why text is not a quantity.
struct QuantityError: Error, Equatable {
    var problem: String

    init(_ problem: String) { self.problem = problem }
}
