package import SimulationCore

extension ArrivalTrace {
    /// Reads one time a row: seconds or calendar times, from the first column unless stated.
    ///
    /// - Parameters:
    ///   - text: the file's bytes.
    ///   - file: its name, for errors.
    ///   - options: `timeColumn` and `timeUnit` count here.
    /// - Returns: the arrivals, the first at 0.
    /// - Throws: `TraceError` that names the line.
    package static func parseTimestamps(
        _ text: [UInt8],
        file: String,
        options: TraceOptions = TraceOptions()
    ) throws(TraceError) -> ArrivalTrace {
        let table = try TraceTable(TraceText(text, file: file))
        let column = try options.timeColumn.map { stated throws(TraceError) in
            try table.column(stated)
        }
        let times = try table.times(column: column ?? 0, unit: options.timeUnit)
        return .timestamps(times.map { SimulationTime(nanoseconds: $0) })
    }

    /// Reads whole numbers set apart by blanks, commas or line ends: one count an interval.
    ///
    /// - Parameters:
    ///   - text: the file's bytes.
    ///   - file: its name, for errors.
    ///   - interval: how long each count's interval is; positive.
    /// - Returns: the counts in order.
    /// - Throws: `TraceError` that names the line.
    package static func parseCounts(
        _ text: [UInt8],
        file: String,
        interval: SimulationDuration
    ) throws(TraceError) -> ArrivalTrace {
        let text = TraceText(text, file: file)
        guard interval > .zero else {
            throw text.error(line: nil, "the interval is not positive", "write one such as 1min")
        }
        var counts: [UInt32] = []
        for (index, line) in text.lines.enumerated() {
            let words = line.split { TraceText.isBlank($0) || $0 == UInt8(ascii: ",") }
            for word in words {
                guard let count = UInt32(String(decoding: word, as: UTF8.self)) else {
                    throw text.error(
                        line: index,
                        "\(TraceText.quote(word)) is not a count",
                        "write whole numbers from 0 up, one an interval"
                    )
                }
                counts.append(count)
            }
        }
        guard counts.contains(where: { $0 > 0 }) else {
            throw text.error(line: nil, "there is no count above 0", "write at least one request")
        }
        return .counts(counts, interval: interval)
    }
}
