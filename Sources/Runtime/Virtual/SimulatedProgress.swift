import SimulationCore

/// How far a virtual run is, by the time that it simulates.
///
/// Counted in whole seconds, or in milliseconds where seconds would say too little. What is left to do
/// after the last issue is short, and counts for nothing.
struct SimulatedProgress {
    /// Seconds of a run whose progress is told in seconds, at least.
    private static let longRun = 100.0

    /// What is counted, in the plural.
    let unit: String
    /// The count at the end of issuing.
    let total: Int
    private let unitNanoseconds: Int64

    init(_ duration: SimulationDuration) {
        let isLong = duration.seconds >= Self.longRun
        unit = isLong ? "simulated seconds" : "simulated ms"
        unitNanoseconds = isLong ? 1_000_000_000 : 1_000_000
        total = Int(duration.nanoseconds / unitNanoseconds)
    }

    /// The count at a time of the run, at most `total`.
    func done(at time: SimulationTime) -> Int {
        min(Int(max(time.nanoseconds, 0) / unitNanoseconds), total)
    }
}
