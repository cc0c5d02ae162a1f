import SimulationCore

/// A rate that is constant over segments, with prefix sums of what has been served.
///
/// Service is counted in bit/s · ns, a billionth of a bit, so that every sum is a whole number.
struct RateTable: Sendable, Equatable {
    /// Where each segment begins, in nanoseconds, ascending from 0; one more for the period.
    let starts: [Int64]
    /// Bits per second over each segment.
    let rates: [Int64]
    /// Service before each segment begins; one more for the whole period.
    let served: [Int128]

    /// - Parameters:
    ///   - durations: the segments' lengths in nanoseconds, positive.
    ///   - rates: bits per second, not negative, and not all zero.
    init(durations: [Int64], rates: [Int64]) {
        precondition(durations.count == rates.count && !rates.isEmpty)
        var starts: [Int64] = [0]
        var served: [Int128] = [0]
        for (index, duration) in durations.enumerated() {
            starts.append(starts[index] + duration)
            served.append(served[index] + Int128(rates[index]) * Int128(duration))
        }
        self.starts = starts
        self.rates = rates
        self.served = served
    }

    private var periodNanoseconds: Int64 { starts[rates.count] }
    private var periodService: Int128 { served[rates.count] }

    var period: SimulationDuration { SimulationDuration(nanoseconds: periodNanoseconds) }

    var meanBitsPerSecond: Double { Double(periodService) / Double(periodNanoseconds) }

    func meanBitsPerSecond(from time: SimulationTime, over span: SimulationDuration) -> Double {
        let units = service(at: (time + span).nanoseconds) - service(at: time.nanoseconds)
        return Double(units) / Double(span.nanoseconds)
    }

    /// Service from the start of the trace until `time`, in nanoseconds.
    func service(at time: Int64) -> Int128 {
        let (cycles, within) = time.quotientAndRemainder(dividingBy: periodNanoseconds)
        let segment = lastSegment { starts[$0] <= within }
        return Int128(cycles) * periodService + served[segment]
            + Int128(rates[segment]) * Int128(within - starts[segment])
    }

    /// The first whole nanosecond by which `service` has reached `target`, which is positive.
    func time(reaching target: Int128) -> Int64 {
        // The remainder lies in 1...periodService, so that the end of a cycle belongs to it.
        let (cycles, beyond) = (target - 1).quotientAndRemainder(dividingBy: periodService)
        let segment = lastSegment { served[$0] <= beyond }
        let missing = beyond + 1 - served[segment]
        let rate = Int128(rates[segment])
        let time =
            cycles * Int128(periodNanoseconds) + Int128(starts[segment])
            + (missing + rate - 1) / rate
        return Int64(clamping: time)
    }

    /// The last segment for which `holds`, which is true up to some segment and false after it.
    private func lastSegment(_ holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = rates.count
        while high - low > 1 {
            let middle = (low + high) >> 1
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
