extension TraceTable {
    /// The longest trace, a tenth of what 64 bits hold.
    static var largestSpan: Int64 { Int64.max / 10 }

    /// A column's values times `multiplier`.
    func values(
        column: Int,
        times multiplier: Int64,
        limit: Int64
    ) throws(TraceError) -> [Int64] {
        var values: [Int64] = []
        values.reserveCapacity(rows.count)
        for row in rows {
            values.append(
                try number(cell(column, row: row), row: row, times: multiplier, limit: limit)
            )
        }
        return values
    }

    /// A column's times in nanoseconds, non-decreasing; the first is 0.
    ///
    /// - Parameters:
    ///   - column: which one, counted from 0.
    ///   - unit: a unit of `TraceUnit.times`, `datetime`, or nil for seconds or calendar times.
    /// - Returns: one time a row.
    /// - Throws: `TraceError` at the first cell that is no time, or comes before its predecessor.
    func times(column: Int, unit: String?) throws(TraceError) -> [Int64] {
        let multiplier =
            unit == nil || unit == "datetime"
            ? 1_000_000_000 : try TraceUnit.time(unit ?? "", file: text.file)
        var times: [Int64] = []
        times.reserveCapacity(rows.count)
        for row in rows {
            let cell = try cell(column, row: row)
            let isCalendar = unit == "datetime" || unit == nil && isCalendarTime(cell)
            let time =
                isCalendar
                ? try calendarTime(cell, row: row)
                : try number(cell, row: row, times: multiplier, limit: .max)
            if let previous = times.last, time < previous {
                throw text.error(
                    line: row,
                    "time \(TraceText.quote(cell)) is before the row above",
                    "sort the rows by time"
                )
            }
            times.append(time)
        }
        let origin = times.first ?? 0
        return times.map { $0 - origin }
    }

    private func isCalendarTime(_ cell: ArraySlice<UInt8>) -> Bool {
        CalendarTime.nanoseconds(cell) != nil
    }

    private func calendarTime(
        _ cell: ArraySlice<UInt8>,
        row: Int
    ) throws(TraceError) -> Int64 {
        guard let time = CalendarTime.nanoseconds(cell) else {
            throw text.error(
                line: row,
                "\(TraceText.quote(cell)) is not a calendar time",
                "write it as 2026-01-31 12:00:00.5"
            )
        }
        return time
    }

    func number(
        _ cell: ArraySlice<UInt8>,
        row: Int,
        times multiplier: Int64,
        limit: Int64
    ) throws(TraceError) -> Int64 {
        let problem: String
        do {
            let value = try DecimalNumber.parse(cell, times: multiplier)
            if value <= limit { return value }
            problem = "is too large"
        } catch {
            switch error {
            case .notANumber: problem = "is not a number"
            case .notFinite: problem = "is not a finite number"
            case .negative: problem = "is negative"
            case .tooLarge: problem = "is too large"
            }
        }
        throw text.error(
            line: row,
            "\(TraceText.quote(cell)) \(problem)",
            "write a number from 0 up, such as 12.5, in a unit that fits"
        )
    }
}
