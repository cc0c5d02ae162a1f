import SimulationCore

extension DelayTrace {
    /// Eleven days: a larger delay has the wrong unit.
    static var largestDelay: Int64 { 1_000_000_000_000_000 }

    /// Reads `seconds value` rows, or one value per step (`options.interval`, by default 10 ms).
    ///
    /// Values are milliseconds unless `options.unit` says otherwise.
    ///
    /// - Parameters:
    ///   - text: the file's bytes.
    ///   - file: its name, for errors.
    ///   - options: what the scenario states about it.
    /// - Returns: the trace.
    /// - Throws: `TraceError` that names the line.
    package static func parse(
        _ text: [UInt8],
        file: String,
        options: TraceOptions = TraceOptions()
    ) throws(TraceError) -> DelayTrace {
        let text = TraceText(text, file: file)
        let table = try TraceTable(text)
        try options.checkColumns(text)
        var options = options
        if table.columns == 1, options.interval == nil { options.interval = .milliseconds(10) }
        let columns = try table.columns(options, valueNames: ["delay", "latency", "rtt"])
        let multiplier = try TraceUnit.time(options.unit ?? "ms", file: file)
        let values = try table.values(
            column: columns.value,
            times: multiplier,
            limit: largestDelay
        )
        let series: SteppedSeries
        if let interval = options.interval {
            series = try SteppedSeries(interval: interval.nanoseconds, values: values, text: text)
        } else {
            let times = try table.times(column: columns.time, unit: options.timeUnit)
            series = try SteppedSeries(times: times, values: values, text: text)
        }
        return DelayTrace(durations: series.durations, delays: series.values)
    }
}
