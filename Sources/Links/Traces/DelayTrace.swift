package import SimulationCore

/// A propagation delay over time that repeats with its period, shared by all links that follow it.
package struct DelayTrace: Sendable, Equatable {
    /// One immutable copy for all links.
    final class Storage: Sendable {
        /// Where each step begins, in nanoseconds, ascending from 0; one more for the period.
        let starts: [Int64]
        let delays: [Int64]

        init(starts: [Int64], delays: [Int64]) {
            self.starts = starts
            self.delays = delays
        }
    }

    let storage: Storage

    /// - Parameters:
    ///   - durations: how long each delay holds, in nanoseconds, positive; at least one.
    ///   - delays: nanoseconds, not negative.
    init(durations: [Int64], delays: [Int64]) {
        precondition(durations.count == delays.count && !delays.isEmpty)
        var starts: [Int64] = [0]
        for (index, duration) in durations.enumerated() {
            starts.append(starts[index] + duration)
        }
        self.storage = Storage(starts: starts, delays: delays)
    }

    /// After this span the trace repeats.
    package var period: SimulationDuration {
        SimulationDuration(nanoseconds: storage.starts[storage.delays.count])
    }

    /// The least delay at any time.
    var shortest: SimulationDuration {
        SimulationDuration(nanoseconds: storage.delays.min() ?? 0)
    }

    /// The delay at `time` (trace time, without a link's offset).
    package func delay(at time: SimulationTime) -> SimulationDuration {
        let within = time.nanoseconds % period.nanoseconds
        var low = 0
        var high = storage.delays.count
        while high - low > 1 {
            let middle = (low + high) >> 1
            if storage.starts[middle] <= within { low = middle } else { high = middle }
        }
        return SimulationDuration(nanoseconds: storage.delays[low])
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.storage === right.storage
            || left.storage.starts == right.storage.starts
                && left.storage.delays == right.storage.delays
    }
}
