/// Units that trace files are written in, as multiples of bit/s or of a nanosecond.
enum TraceUnit {
    /// Bits per second; b is a bit and B a byte.
    static let rates: [(name: String, bitsPerSecond: Int64)] = [
        ("bit/s", 1), ("kbit/s", 1_000), ("Mbit/s", 1_000_000), ("Gbit/s", 1_000_000_000),
        ("B/s", 8), ("kB/s", 8_000), ("MB/s", 8_000_000), ("GB/s", 8_000_000_000),
        ("KiB/s", 8 << 10), ("MiB/s", 8 << 20), ("GiB/s", 8 << 30),
        ("bps", 1), ("kbps", 1_000), ("Mbps", 1_000_000), ("Gbps", 1_000_000_000),
    ]

    static let times: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("min", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    static func rate(_ name: String, file: String) throws(TraceError) -> Int64 {
        for unit in rates where unit.name == name { return unit.bitsPerSecond }
        throw unknown(name, known: rates.map(\.name), file: file)
    }

    static func time(_ name: String, file: String) throws(TraceError) -> Int64 {
        for unit in times where unit.name == name { return unit.nanoseconds }
        throw unknown(name, known: times.map(\.name), file: file)
    }

    private static func unknown(_ name: String, known: [String], file: String) -> TraceError {
        TraceError(
            file: file,
            line: nil,
            problem: "unit '\(name)' is not known",
            remedy: "write one of \(known.joined(separator: ", "))"
        )
    }
}
