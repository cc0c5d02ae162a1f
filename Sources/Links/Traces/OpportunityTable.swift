import SimulationCore

/// Delivery opportunities in Mahimahi's sense: at each of some times, some bytes may leave.
struct OpportunityTable: Sendable, Equatable {
    /// Milliseconds from the trace's start, ascending; the last is the period and positive.
    let milliseconds: [UInt32]
    /// Bytes that one opportunity delivers.
    let opportunityBytes: Int64
    let periodNanoseconds: Int64

    /// - Parameter milliseconds: non-decreasing, with a positive last element.
    init(milliseconds: [UInt32], opportunityBytes: Int64) {
        self.milliseconds = milliseconds
        self.opportunityBytes = opportunityBytes
        self.periodNanoseconds = Int64(milliseconds.last ?? 0) * 1_000_000
    }

    var period: SimulationDuration { SimulationDuration(nanoseconds: periodNanoseconds) }

    var meanBitsPerSecond: Double {
        Double(milliseconds.count) * Double(opportunityBytes) * 8 / period.seconds
    }

    func meanBitsPerSecond(from time: SimulationTime, over span: SimulationDuration) -> Double {
        let bytes = service(at: (time + span).nanoseconds) - service(at: time.nanoseconds)
        return Double(bytes) * 8 / span.seconds
    }

    /// Bytes of all opportunities from the start up to and including `time`, in nanoseconds.
    func service(at time: Int64) -> Int128 {
        let (cycles, within) = time.quotientAndRemainder(dividingBy: periodNanoseconds)
        let passed = count(upTo: UInt32(within / 1_000_000))
        return (Int128(cycles) * Int128(milliseconds.count) + Int128(passed))
            * Int128(opportunityBytes)
    }

    /// The first time by which `service` has reached `target`, which is positive.
    func time(reaching target: Int128) -> Int64 {
        let opportunities = (target + Int128(opportunityBytes) - 1) / Int128(opportunityBytes)
        let (cycles, within) = (opportunities - 1)
            .quotientAndRemainder(dividingBy: Int128(milliseconds.count))
        let time =
            cycles * Int128(periodNanoseconds)
            + Int128(milliseconds[Int(within)]) * 1_000_000
        return Int64(clamping: time)
    }

    /// How many opportunities of one period lie at or before `limit`.
    private func count(upTo limit: UInt32) -> Int {
        var low = 0
        var high = milliseconds.count
        while low < high {
            let middle = (low + high) >> 1
            if milliseconds[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
