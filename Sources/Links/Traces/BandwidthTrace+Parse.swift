package import SimulationCore

extension BandwidthTrace {
    /// Reads a trace in any of the formats of `TraceFormat`.
    ///
    /// - Parameters:
    ///   - text: the file's bytes.
    ///   - file: its name, for errors.
    package static func parse(
        _ text: [UInt8],
        file: String,
        options: TraceOptions = TraceOptions()
    ) throws(TraceError) -> BandwidthTrace {
        throw TraceError(file: file, line: nil, problem: "not read yet", remedy: "wait")
    }
}

extension DelayTrace {
    /// Reads `seconds value` rows, or one value per step (`options.interval`, by default 10 ms).
    ///
    /// Values are milliseconds unless `options.unit` says otherwise.
    package static func parse(
        _ text: [UInt8],
        file: String,
        options: TraceOptions = TraceOptions()
    ) throws(TraceError) -> DelayTrace {
        throw TraceError(file: file, line: nil, problem: "not read yet", remedy: "wait")
    }
}

extension ArrivalTrace {
    /// Reads one time a row: seconds or calendar times, the first column unless stated.
    package static func parseTimestamps(
        _ text: [UInt8],
        file: String,
        options: TraceOptions = TraceOptions()
    ) throws(TraceError) -> ArrivalTrace {
        throw TraceError(file: file, line: nil, problem: "not read yet", remedy: "wait")
    }

    /// Reads whole numbers separated by spaces, commas or line ends: one count an interval.
    package static func parseCounts(
        _ text: [UInt8],
        file: String,
        interval: SimulationDuration
    ) throws(TraceError) -> ArrivalTrace {
        throw TraceError(file: file, line: nil, problem: "not read yet", remedy: "wait")
    }
}
