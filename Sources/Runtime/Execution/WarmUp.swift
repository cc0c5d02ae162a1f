import Scenario

/// How often a thread that has rested runs its next work on earlier data before it does, and measures, it.
///
/// A host that stands in for slower hardware does the work in a fraction of the time and then rests, for
/// which the next work takes longer: caches have cooled. The hardware that it stands in for is at work
/// meanwhile and does not cool. So work of the same kind is run before work is measured for it, as often
/// as its longer duration leaves time for. Hardware that is about as fast as the host cools as the host
/// does, and its work is measured as it comes.
///
/// Measured with the shipped network on two cores of an EPYC, in durations without any rest: after a
/// rest of 20 ms the first run takes 3.8, then 2.4, 2.1, 1.9, 1.7, and the twelfth 1.4.
struct WarmUp {
    /// The first run after a rest, in durations without a rest, at most.
    private static let first = 4.0
    /// A further run, at most.
    private static let further = 2.5
    /// More runs change little.
    private static let mostRuns = 16
    /// The longest rest that does not show in the durations, in nanoseconds.
    private static let briefRest: Int64 = 100_000

    private var lastEnd: Int64?

    /// How often to run the work beforehand; `now` in nanoseconds of the same clock as `workEnded(at:)`.
    func runs(for factors: Hardware.Factors, at now: Int64) -> Int {
        if let lastEnd, now - lastEnd <= Self.briefRest { return 0 }
        let room = (min(factors.inference, factors.coding) - Self.first) / Self.further
        return Int(min(max(room, 0), Double(Self.mostRuns)))
    }

    mutating func workEnded(at now: Int64) { lastEnd = now }
}
