import Links
import SimulationCore

extension ScenarioDecoder {
    /// A bandwidth trace: a path, or an object with a path and how to read it.
    mutating func bandwidthTrace(_ field: Field) -> BandwidthTrace? {
        guard let (path, options) = traceFile(field, .bandwidthTrace, bandwidthOptions) else {
            return nil
        }
        let key = TraceKey(path: path, options: "\(options)")
        if let trace = bandwidthTraces[key] { return trace }
        let trace = parsed(field, path) { bytes throws(TraceError) in
            try BandwidthTrace.parse(bytes, file: path, options: options)
        }
        bandwidthTraces[key] = trace
        return trace
    }

    func delayTrace(_ field: Field) -> DelayTrace? {
        guard let (path, options) = traceFile(field, .delayTrace, columnOptions) else { return nil }
        return parsed(field, path) { bytes throws(TraceError) in
            try DelayTrace.parse(bytes, file: path, options: options)
        }
    }

    func timestamps(_ field: Field) -> ArrivalTrace? {
        guard let (path, options) = traceFile(field, .timestamps, columnOptions) else { return nil }
        return parsed(field, path) { bytes throws(TraceError) in
            try ArrivalTrace.parseTimestamps(bytes, file: path, options: options)
        }
    }

    func counts(_ field: Field) -> ArrivalTrace? {
        guard let reader = field.object(.counts) else { return nil }
        let path = reader["file"].flatMap { existingFile($0, "a trace") }
        let interval = reader["interval"]?.duration(positive: true)
        guard let path, let interval else { return nil }
        return parsed(field, path) { bytes throws(TraceError) in
            try ArrivalTrace.parseCounts(bytes, file: path, interval: interval)
        }
    }

    /// The file and the options of a trace that is written as a path or as an object.
    private func traceFile(
        _ field: Field,
        _ shape: ObjectShape,
        _ options: (ObjectReader) -> TraceOptions?
    ) -> (path: String, options: TraceOptions)? {
        guard case .object = field.node.value else {
            return existingFile(field, "a trace").map { ($0, TraceOptions()) }
        }
        guard let reader = field.object(shape) else { return nil }
        let path = reader["file"].flatMap { existingFile($0, "a trace") }
        let options = options(reader)
        guard let path, let options else { return nil }
        return (path, options)
    }

    private func bandwidthOptions(_ reader: ObjectReader) -> TraceOptions? {
        guard var options = columnOptions(reader) else { return nil }
        if let field = reader["format"] {
            guard let format = field.choice(TraceFormat.self) else { return nil }
            options.format = format
        }
        if let field = reader["opportunityBytes"] {
            guard let bytes = field.size(positive: true) else { return nil }
            options.opportunityBytes = bytes
        }
        return options
    }

    /// The options which name columns and units.
    private func columnOptions(_ reader: ObjectReader) -> TraceOptions? {
        var options = TraceOptions()
        func text(_ key: String, _ what: String) -> String? {
            reader.shape.keys.contains(key) ? reader[key].flatMap { column($0, what) } : nil
        }
        options.timeColumn = text("time", "the name or number of the time column")
        options.valueColumn = text("value", "the name or number of the value column")
        options.unit = text("unit", "the unit of the values, such as \"Mbit/s\"")
        options.timeUnit = text("timeUnit", "the unit of the times, such as \"s\"")
        if reader.shape.keys.contains("interval"), let field = reader["interval"] {
            guard let interval = field.duration(positive: true) else { return nil }
            options.interval = interval
        }
        return options
    }

    /// A column's name, or its number counted from 1.
    private func column(_ field: Field, _ what: String) -> String? {
        if case .number = field.node.value { return field.integer(1...1_000).map { "\($0)" } }
        return field.string(what)
    }

    /// Reads the file and passes it to `parse`; its errors become problems.
    private func parsed<Trace>(
        _ field: Field,
        _ path: String,
        _ parse: ([UInt8]) throws(TraceError) -> Trace
    ) -> Trace? {
        switch FileLookup.trace(at: path) {
        case .failure(let error): field.fail(error.problem, "name a readable file")
        case .success(let bytes):
            do throws(TraceError) {
                return try parse(bytes)
            } catch {
                let place = error.line.map { "\(error.file), line \($0)" } ?? error.file
                field.fail("\(place): \(error.problem)", error.remedy)
            }
        }
        return nil
    }
}
