import Links
import SimulationCore
import Testing

@Suite struct TraceRefusalTests {
    private struct Case: CustomTestStringConvertible {
        var text: String
        var line: Int?
        var problem: String
        var options = TraceOptions()
        var testDescription: String { problem }
    }

    private static let bandwidth = [
        Case(text: "", line: nil, problem: "the file is empty"),
        Case(text: "\n\n", line: nil, problem: "the file is empty"),
        Case(text: "1\n\n2\n", line: 2, problem: "the line is empty"),
        Case(text: "5\n3\n", line: 2, problem: "timestamp 3 is before the 5 above it"),
        Case(text: "0\n0\n", line: 2, problem: "the last timestamp is 0"),
        Case(text: "1\n2.5\n", line: 2, problem: "is not a whole number of milliseconds"),
        Case(text: "1\n-2\n", line: 2, problem: "is not a whole number of milliseconds"),
        Case(text: "99999999999\n", line: 1, problem: "more than 49 days"),
        Case(
            text: "1\n",
            line: nil,
            problem: "an opportunity has no bytes",
            options: TraceOptions(opportunityBytes: 0)
        ),
        Case(text: "0.5\n0.7\n", line: 1, problem: "is one column"),
        Case(text: "0 1\n1 nan\n", line: 2, problem: "'nan' is not a finite number"),
        Case(text: "0 1\n1 inf\n", line: 2, problem: "'inf' is not a finite number"),
        Case(text: "0 1\n1 -4\n", line: 2, problem: "'-4' is negative"),
        Case(text: "0 1\n1 4x\n", line: 2, problem: "'4x' is not a number"),
        Case(text: "0 1\n1\n", line: 2, problem: "there is no value in column 2"),
        Case(text: "0 1\n\n1 1\n", line: 2, problem: "the line is empty"),
        Case(text: "0 1\n2 1\n1 1\n", line: 3, problem: "is before the row above"),
        Case(text: "0 1\n", line: nil, problem: "the rows have only one time"),
        Case(text: "0 0\n1 0\n", line: nil, problem: "every rate is 0"),
        Case(text: "0 1\n1 1e300\n", line: 2, problem: "is too large"),
        Case(text: "1,3511370\n2,7957974\n", line: 1, problem: "is not believable"),
        Case(text: "1 2 3\n2 2 3\n", line: nil, problem: "which of 3 columns holds the values"),
        Case(text: "time,rate\n", line: nil, problem: "nothing below it"),
        Case(text: "time,rate\n0,1\n1,2\n", line: nil, problem: "the unit of column 'rate'"),
        Case(
            text: "0 1\n1 2\n",
            line: nil,
            problem: "unit 'furlong/s' is not known",
            options: TraceOptions(unit: "furlong/s")
        ),
        Case(
            text: "0 1\n1 2\n",
            line: nil,
            problem: "unit 'fortnight' is not known",
            options: TraceOptions(timeUnit: "fortnight")
        ),
        Case(
            text: "time,rate\n0,1\n1,2\n",
            line: nil,
            problem: "there is no column 'speed'",
            options: TraceOptions(valueColumn: "speed", unit: "Mbit/s")
        ),
        Case(
            text: "5\n6\n",
            line: nil,
            problem: "the interval is not positive",
            options: TraceOptions(interval: .zero)
        ),
        Case(
            text: "0 1\n1 1e-9223372036854775808\n",
            line: 2,
            problem: "is not a number",
            options: TraceOptions(unit: "Mbit/s")
        ),
        Case(
            text: "1\n2\n",
            line: nil,
            problem: "mahimahi traces have no columns that 'unit' could describe",
            options: TraceOptions(format: .mahimahi, unit: "Mbit/s")
        ),
        Case(
            text: "[{\"duration_ms\": 5, \"bandwidth_kbps\": 1}]",
            line: nil,
            problem: "sabre traces have no columns that 'interval' could describe",
            options: TraceOptions(interval: .seconds(1))
        ),
        Case(
            text: "0 1\n1 2\n",
            line: nil,
            problem: "rate traces have no opportunities",
            options: TraceOptions(opportunityBytes: 1504)
        ),
        Case(
            text: "0 1\n1 2\n",
            line: nil,
            problem: "'interval' and 'timeUnit' exclude each other",
            options: TraceOptions(timeUnit: "ms", interval: .seconds(1))
        ),
        Case(text: "iperf 3.10.1\n[  5] 0 1", line: nil, problem: "a log of iperf3"),
        Case(text: "[]", line: 1, problem: "where an object"),
        Case(text: "{\"start\": {}}", line: 1, problem: "where an array"),
        Case(
            text: "[\n{\"duration_ms\": 0, \"bandwidth_kbps\": 1}]",
            line: 2,
            problem: "duration_ms is missing or 0"
        ),
        Case(text: "[{\"duration_ms\": 5}]", line: 1, problem: "bandwidth_kbps is missing"),
        Case(text: "[{\"speed\": 5}]", line: 1, problem: "key 'speed' is not known"),
        Case(
            text: "[{\"duration_ms\": 5, \"bandwidth_kbps\": -1}]",
            line: 1,
            problem: "'-1' is no value for bandwidth_kbps"
        ),
        Case(
            text: "[{\"duration_ms\": 5, \"bandwidth_kbps\": 1}",
            line: 1,
            problem: "the file ends where ',' or ']' should be"
        ),
    ]

    @Test(arguments: bandwidth)
    private func saysWhereAndWhat(refused: Case) throws {
        let error = try #require(throws: TraceError.self) {
            try TestTraces.parse(refused.text, refused.options)
        }
        #expect(error.line == refused.line)
        #expect("\(error)".contains(refused.problem), "\(error)")
        #expect(!error.remedy.isEmpty)
        #expect("\(error)".hasPrefix(refused.line.map { "test:\($0): " } ?? "test: "))
    }

    /// Whatever the bytes are, the answer is a trace or an error, and never a trap.
    @Test func survivesDamagedFiles() {
        let files = [
            "1\n5\n9\n", "0 1.5\n1 2e3\n2 4\n", "time,rate\n2020-01-01 00:00:00,5\n",
            "[{\"duration_ms\": 5, \"bandwidth_kbps\": 1.5, \"latency_ms\": 2}]",
        ]
        var random = RandomDraw(seed: 1, purpose: .test, entity: 0)
        let alphabet = [UInt8]("0123456789.,-+eE \n\t\r[]{}\":TZ;#\u{0}naif".utf8)
        var refused = 0
        for turn in 0..<4000 {
            var bytes = [UInt8](files[turn % files.count].utf8)
            for _ in 0...random.below(4) {
                let place = Int(random.below(UInt64(bytes.count)))
                bytes[place] = alphabet[Int(random.below(UInt64(alphabet.count)))]
            }
            let unit = random.below(2) == 0 ? "kbit/s" : nil
            do throws(TraceError) {
                let options = TraceOptions(unit: turn % 4 == 3 ? nil : unit)
                let trace = try BandwidthTrace.parse(bytes, file: "f", options: options)
                #expect(trace.period > .zero)
            } catch {
                refused += 1
            }
            _ = Result { try DelayTrace.parse(bytes, file: "f") }
            _ = Result { try ArrivalTrace.parseTimestamps(bytes, file: "f") }
            _ = Result { try ArrivalTrace.parseCounts(bytes, file: "f", interval: .seconds(1)) }
        }
        #expect(refused > 400)
    }
}
