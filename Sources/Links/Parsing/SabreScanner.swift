/// Reads `sabre` JSON: an array of objects with number members, and nothing else.
struct SabreScanner {
    struct Period {
        /// Nanoseconds, positive.
        var duration: Int64
        var bitsPerSecond: Int64
        /// Nanoseconds; nil where the file states none.
        var latency: Int64?
    }

    private let text: TraceText
    private var rest: ArraySlice<UInt8>
    private var line = 0

    init(_ text: TraceText) {
        self.text = text
        self.rest = text.bytes
    }

    mutating func periods() throws(TraceError) -> [Period] {
        try expect("[", "an array")
        var periods: [Period] = []
        repeat { periods.append(try period()) } while skip(",")
        try expect("]", "',' or ']'")
        skipBlanks()
        guard rest.isEmpty else { throw unexpected("the end of the file") }
        return periods
    }

    private mutating func period() throws(TraceError) -> Period {
        try expect("{", "an object with duration_ms, bandwidth_kbps and latency_ms")
        let opening = line
        var members: [String: Int64] = [:]
        repeat {
            let (key, value) = try member()
            guard members.updateValue(value, forKey: key) == nil else {
                throw text.error(line: line, "key '\(key)' is there twice", "remove one")
            }
        } while skip(",")
        try expect("}", "',' or '}'")
        guard let duration = members["duration_ms"], duration > 0 else {
            throw text.error(
                line: opening,
                "duration_ms is missing or 0",
                "write a positive duration_ms"
            )
        }
        guard let rate = members["bandwidth_kbps"] else {
            throw text.error(
                line: opening,
                "bandwidth_kbps is missing",
                "write \"bandwidth_kbps\": 1200"
            )
        }
        return Period(duration: duration, bitsPerSecond: rate, latency: members["latency_ms"])
    }

    private mutating func member() throws(TraceError) -> (key: String, value: Int64) {
        try expect("\"", "a key in quotes")
        let key = String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        rest = rest.dropFirst(key.utf8.count)
        try expect("\"", "the end of the key")
        try expect(":", "':'")
        skipBlanks()
        let number = rest.prefix {
            $0 != UInt8(ascii: ",")
                && !isBlank($0) && $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "]")
        }
        rest = rest.dropFirst(number.count)
        let scale: (times: Int64, limit: Int64)
        switch key {
        case "duration_ms": scale = (1_000_000, TraceTable.largestSpan)
        case "latency_ms": scale = (1_000_000, DelayTrace.largestDelay)
        case "bandwidth_kbps": scale = (1_000, TraceTable.largestRate)
        default:
            throw text.error(
                line: line,
                "key '\(key)' is not known",
                "write duration_ms, bandwidth_kbps and latency_ms only"
            )
        }
        return (key, try value(number, key: key, times: scale.times, limit: scale.limit))
    }

    private func value(
        _ number: ArraySlice<UInt8>,
        key: String,
        times multiplier: Int64,
        limit: Int64
    ) throws(TraceError) -> Int64 {
        do {
            let value = try DecimalNumber.parse(number, times: multiplier)
            if value <= limit { return value }
        } catch {
            // All faults are one to the reader of a JSON file.
        }
        throw text.error(
            line: line,
            "\(TraceText.quote(number)) is no value for \(key)",
            "write a number from 0 up"
        )
    }

    private mutating func expect(_ token: Unicode.Scalar, _ what: String) throws(TraceError) {
        guard skip(token) else { throw unexpected(what) }
    }

    private func unexpected(_ what: String) -> TraceError {
        let found = rest.isEmpty ? "the file ends" : "there is \(TraceText.quote(rest.prefix(1)))"
        return text.error(
            line: line,
            "\(found) where \(what) should be",
            "write an array of {\"duration_ms\": 1000, \"bandwidth_kbps\": 1200, \"latency_ms\": 20}"
        )
    }

    private mutating func skip(_ token: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard rest.first == UInt8(ascii: token) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func skipBlanks() {
        while let byte = rest.first, isBlank(byte) {
            if byte == UInt8(ascii: "\n") { line += 1 }
            rest = rest.dropFirst()
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        TraceText.isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
