extension TraceOptions {
    /// Refuses what a bandwidth trace of `format` has no use for.
    func check(_ format: TraceFormat, _ text: TraceText) throws(TraceError) {
        if format != .rate, let key = columnKeys.first {
            throw text.error(
                line: nil,
                "\(format.rawValue) traces have no columns that '\(key)' could describe",
                "remove '\(key)', or write the format 'rate'"
            )
        }
        if format != .mahimahi, opportunityBytes != nil {
            throw text.error(
                line: nil,
                "\(format.rawValue) traces have no opportunities",
                "remove 'opportunityBytes', or write the format 'mahimahi'"
            )
        }
        try checkColumns(text)
    }

    /// Refuses a time column where the interval already says when rows are.
    func checkColumns(_ text: TraceText) throws(TraceError) {
        guard interval != nil, let key = timeKeys.first else { return }
        throw text.error(
            line: nil,
            "'interval' and '\(key)' exclude each other",
            "remove one of the two"
        )
    }

    /// The stated keys of a scenario that are about times.
    private var timeKeys: [String] {
        [timeColumn.map { _ in "time" }, timeUnit.map { _ in "timeUnit" }].compactMap(\.self)
    }

    /// The stated keys of a scenario that are about columns.
    private var columnKeys: [String] {
        let others = [
            valueColumn.map { _ in "value" }, unit.map { _ in "unit" },
            interval.map { _ in "interval" },
        ]
        return timeKeys + others.compactMap(\.self)
    }
}
