import SimulationCore

extension BandwidthTrace {
    /// Reads a trace in any of the formats of `TraceFormat`; the first time becomes 0.
    ///
    /// Two columns without a header are seconds and Mbit/s unless the options say otherwise; a
    /// file with a header needs its unit stated, and its columns where the names leave a choice.
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
    ) throws(TraceError) -> BandwidthTrace {
        let text = TraceText(text, file: file)
        let format: TraceFormat
        if let stated = options.format {
            format = stated
        } else {
            format = try TraceFormat.detect(text, options: options)
        }
        try options.check(format, text)
        switch format {
        case .mahimahi: return try mahimahi(text, options: options)
        case .rate: return try rate(text, options: options)
        case .sabre: return try sabre(text)
        }
    }

    private static func mahimahi(
        _ text: TraceText,
        options: TraceOptions
    ) throws(TraceError) -> BandwidthTrace {
        let bytes = options.opportunityBytes ?? 1500
        guard bytes > 0 else {
            throw text.error(line: nil, "an opportunity has no bytes", "write 1500 or 1504")
        }
        let table = OpportunityTable(
            milliseconds: try OpportunityTable.milliseconds(text),
            opportunityBytes: Int64(bytes)
        )
        return BandwidthTrace(service: .opportunities(table))
    }

    private static func sabre(_ text: TraceText) throws(TraceError) -> BandwidthTrace {
        var scanner = SabreScanner(text)
        let periods = try scanner.periods()
        let durations = periods.map(\.duration)
        let rates = try SteppedSeries(
            durations: durations,
            values: periods.map(\.bitsPerSecond),
            text: text
        )
        let latencies = periods.compactMap(\.latency)
        return BandwidthTrace(
            service: .rates(try RateTable(rates, text: text)),
            latency: latencies.count == periods.count
                ? DelayTrace(durations: durations, delays: latencies) : nil
        )
    }

    private static func rate(
        _ text: TraceText,
        options: TraceOptions
    ) throws(TraceError) -> BandwidthTrace {
        let table = try TraceTable(text)
        let columns = try table.columns(options, valueNames: ["throughput", "bandwidth", "rate"])
        let values = try table.rates(column: columns.value, options: options)
        let series: SteppedSeries
        if let interval = options.interval {
            series = try SteppedSeries(interval: interval.nanoseconds, values: values, text: text)
        } else {
            let times = try table.times(column: columns.time, unit: options.timeUnit)
            series = try SteppedSeries(times: times, values: values, text: text)
        }
        return BandwidthTrace(service: .rates(try RateTable(series, text: text)))
    }
}

extension RateTable {
    /// Refuses a trace that never carries anything.
    init(_ series: SteppedSeries, text: TraceText) throws(TraceError) {
        guard series.values.contains(where: { $0 > 0 }) else {
            throw text.error(
                line: nil,
                "every rate is 0, so nothing would ever leave",
                "write a positive rate"
            )
        }
        self.init(durations: series.durations, rates: series.values)
    }
}
