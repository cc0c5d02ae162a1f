extension TraceFormat {
    /// The format that the first lines look like.
    static func detect(_ text: TraceText, options: TraceOptions) throws(TraceError) -> TraceFormat {
        let opening = String(decoding: text.bytes.prefix(1000), as: UTF8.self)
        if opening.contains("iperf") || opening.contains("[ ID] Interval") {
            throw text.error(
                line: nil,
                "this is a log of iperf3, not a trace",
                "write its interval lines as rows of 'seconds Mbit/s' and leave the rest out"
            )
        }
        let first = opening.first { !$0.isWhitespace }
        guard let first else {
            throw text.error(line: nil, "the file is empty", "write at least one row of data")
        }
        if first == "[" || first == "{" { return .sabre }
        let statesColumns =
            options.timeColumn != nil || options.valueColumn != nil || options.unit != nil
            || options.timeUnit != nil || options.interval != nil
        if statesColumns { return .rate }
        let line = text.lines.first { $0.first != UInt8(ascii: "#") } ?? []
        let isWhole = line.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if isWhole { return .mahimahi }
        let isSingle = !line.contains { [UInt8](" \t,;".utf8).contains($0) }
        if isSingle {
            throw text.error(
                line: 0,
                "\(TraceText.quote(line)) is one column but no whole millisecond",
                "write 'seconds Mbit/s' rows, or state the interval between the values"
            )
        }
        return .rate
    }
}
