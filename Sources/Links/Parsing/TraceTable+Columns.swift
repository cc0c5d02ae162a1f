extension TraceTable {
    /// No link is faster: a larger value has the wrong unit.
    static var largestRate: Int64 { 1_000_000_000_000_000 }
    /// Values above this are doubted where the unit is our guess.
    static var largestGuessedRate: Int64 { 100_000_000_000 }

    /// Where the times and the values stand: as stated, or by their names, or the first two.
    func columns(
        _ options: TraceOptions,
        valueNames: [String]
    ) throws(TraceError) -> (time: Int, value: Int) {
        if options.interval != nil, columns == 1 { return (0, 0) }
        var time = column(named: ["time", "timestamp", "seconds"])
        if time == nil, columns <= 2 { time = 0 }
        if let stated = options.timeColumn { time = try column(stated) }
        var value = column(named: valueNames)
        if value == nil, columns == 2 { value = time == 1 ? 0 : 1 }
        if let stated = options.valueColumn { value = try column(stated) }
        let choices = header.map { $0.joined(separator: ", ") } ?? "1 to \(columns)"
        guard let value else {
            throw text.error(
                line: nil,
                "it is not clear which of \(columns) columns holds the values",
                "state the value column, one of \(choices)"
            )
        }
        if options.interval != nil { return (time ?? 0, value) }
        guard let time, time != value, columns > 1 else {
            throw text.error(
                line: nil,
                "it is not clear which of \(columns) columns holds the times",
                "state the time column, one of \(choices), or the interval between rows"
            )
        }
        return (time, value)
    }

    /// A column's rates in bits per second.
    func rates(column: Int, options: TraceOptions) throws(TraceError) -> [Int64] {
        if let unit = options.unit {
            let multiplier = try TraceUnit.rate(unit, file: text.file)
            return try values(column: column, times: multiplier, limit: Self.largestRate)
        }
        guard header == nil else {
            throw text.error(
                line: nil,
                "the unit of column \(name(of: column)) is not stated",
                "state the unit, such as Mbit/s, kbit/s or B/s"
            )
        }
        let rates = try values(column: column, times: 1_000_000, limit: Self.largestRate)
        if let index = rates.firstIndex(where: { $0 > Self.largestGuessedRate }) {
            throw text.error(
                line: rows[index],
                "a rate of \(rates[index] / 1_000_000) Mbit/s is not believable",
                "state the unit, such as B/s or bit/s"
            )
        }
        return rates
    }
}
