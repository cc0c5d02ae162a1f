/// The text of a progress line: how far, how fast, how long still.
///
/// Knows no clock and no terminal.
struct ProgressText {
    /// At most one update in this time, in seconds.
    static let interval = 0.1

    let label: String
    /// What is counted, in the plural.
    let unit: String
    /// Nil when the end is not known.
    let total: Int?
    private var last: Double?

    init(label: String, unit: String, total: Int?) {
        self.label = label
        self.unit = unit
        self.total = total
    }

    /// The line to show after `seconds` since the start; nil while the last one is still fresh.
    mutating func update(done: Int, seconds: Double) -> String? {
        if let last, seconds - last < Self.interval { return nil }
        last = seconds
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var parts: [String] = []
        if let total, total > 0 {
            parts.append(Quantity.percent(Double(done) / Double(total)))
            parts.append("\(Quantity.count(done)) of \(Quantity.count(total)) \(unit)")
        } else {
            parts.append("\(Quantity.count(done)) \(unit)")
        }
        if rate > 0 { parts.append(Quantity.rate(rate)) }
        if let total, rate > 0, done < total {
            parts.append("\(Quantity.duration(Double(total - done) / rate * 1e9)) left")
        }
        return String("\(label)  \(parts.joined(separator: " · "))".prefix(79))
    }
}
