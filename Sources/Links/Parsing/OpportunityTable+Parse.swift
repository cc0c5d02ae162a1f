extension OpportunityTable {
    /// The timestamps of a `mahimahi` trace.
    static func milliseconds(_ text: TraceText) throws(TraceError) -> [UInt32] {
        var times: [UInt32] = []
        times.reserveCapacity(text.lines.count)
        for (index, line) in text.lines.enumerated() {
            let time = try millisecond(line, index: index, text: text)
            if let previous = times.last, time < previous {
                throw text.error(
                    line: index,
                    "timestamp \(time) is before the \(previous) above it",
                    "sort the lines; if they are values at a fixed step, state the interval"
                )
            }
            times.append(time)
        }
        guard let last = times.last else {
            throw text.error(line: nil, "the file is empty", "write at least one timestamp")
        }
        guard last > 0 else {
            throw text.error(
                line: times.count - 1,
                "the last timestamp is 0, and it is the trace's period",
                "end with a positive millisecond"
            )
        }
        return times
    }

    private static func millisecond(
        _ line: ArraySlice<UInt8>,
        index: Int,
        text: TraceText
    ) throws(TraceError) -> UInt32 {
        guard !line.isEmpty else {
            throw text.error(line: index, "the line is empty", "remove it")
        }
        var value: UInt64 = 0
        for byte in line {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else {
                throw text.error(
                    line: index,
                    "\(TraceText.quote(line)) is not a whole number of milliseconds",
                    "write one timestamp such as 1250"
                )
            }
            value = value * 10 + UInt64(digit)
            guard value <= UInt64(UInt32.max) else {
                throw text.error(
                    line: index,
                    "timestamp \(TraceText.quote(line)) is more than 49 days",
                    "write milliseconds since the trace began"
                )
            }
        }
        return UInt32(value)
    }
}
