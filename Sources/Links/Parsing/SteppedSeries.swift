/// Values that each hold for some time, as `rate` traces and delay traces write them.
struct SteppedSeries {
    /// Nanoseconds, positive.
    var durations: [Int64]
    var values: [Int64]

    /// A value holds until the next row's time, and the last one for as long as the one before
    /// it; of rows with the same time the last counts.
    init(times: [Int64], values: [Int64], text: TraceText) throws(TraceError) {
        var kept: [(time: Int64, value: Int64)] = []
        for (time, value) in zip(times, values) {
            if let last = kept.last, last.time == time { kept.removeLast() }
            kept.append((time, value))
        }
        guard kept.count >= 2 else {
            throw text.error(
                line: nil,
                "the rows have only one time, which does not say how long a value holds",
                "write at least two times, or state the rows' interval"
            )
        }
        durations = zip(kept.dropFirst(), kept).map { $0.time - $1.time }
        durations.append(durations[durations.count - 1])
        self.values = kept.map(\.value)
        try checkLength(text)
    }

    /// Every value holds for `interval` nanoseconds.
    init(interval: Int64, values: [Int64], text: TraceText) throws(TraceError) {
        guard interval > 0 else {
            throw text.error(line: nil, "the interval is not positive", "write one such as 10ms")
        }
        durations = Array(repeating: interval, count: values.count)
        self.values = values
        try checkLength(text)
    }

    init(durations: [Int64], values: [Int64], text: TraceText) throws(TraceError) {
        self.durations = durations
        self.values = values
        try checkLength(text)
    }

    private func checkLength(_ text: TraceText) throws(TraceError) {
        let length = durations.reduce(Int128(0)) { $0 + Int128($1) }
        guard length <= Int128(TraceTable.largestSpan) else {
            throw text.error(
                line: nil,
                "the trace lasts more than 29 years",
                "check the unit of its times"
            )
        }
    }
}
