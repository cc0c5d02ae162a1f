import SimulationCore

/// A process's planned events, brought back in real time.
///
/// An event keeps its planned time however late the process wakes, so that lateness does not add up.
/// What comes from outside is handled after all events that are due before it; a message that comes before its time
/// waits for it. With a `lag` events are brought back so much later, still with their planned time: what was sent
/// before it, and is on its way through the sockets, then comes before it here, too.
final class WallTimeline<Event: BitwiseCopyable> {
    /// Nil before the run has started.
    private(set) var clock: RunClock?
    /// Latenesses of all events.
    private(set) var pacing = PacingStatistics()
    private var events = EventQueue<Event>()
    /// No later call has an earlier time.
    private var last = SimulationTime.start
    private var timer: LoopTimer?
    /// In real nanoseconds.
    private var lag: Int64 = 0
    /// Longer than nearly all ways through two sockets, in real nanoseconds.
    static var longestLag: Int64 { 500_000 }
    /// Of overdue events, before others on the loop have their turn, in real nanoseconds.
    private static var longestTurn: Int64 { 5_000_000 }
    /// Is told when an event was planned and when it came, the lag taken off.
    private let handler: (Event, _ planned: SimulationTime, _ actual: SimulationTime) throws -> Void

    init(
        _ loop: EventLoop,
        _ handler: @escaping (Event, SimulationTime, SimulationTime) throws -> Void
    ) {
        self.handler = handler
        timer = loop.makeTimer { [unowned self] in
            try drain()
            arm()
        }
    }

    /// Starts the clock; `lag` is in real nanoseconds.
    func start(_ clock: RunClock, lag: Int64 = 0) {
        self.clock = clock
        self.lag = lag
        arm()
    }

    /// Plans an event; one whose time has passed is handled next.
    func plan(_ event: Event, at time: SimulationTime, from source: UInt32 = 0) {
        events.push(event, at: max(time, last), from: source)
        arm()
    }

    /// Handles a message, which is an event as others are: at `planned` when that lies ahead, else as anything that
    /// comes from outside.
    func receive(
        _ message: Event,
        planned: SimulationTime?,
        after own: SimulationTime? = nil
    ) throws {
        if let clock, let planned, clock.time(at: MonotonicClock.now - lag) < planned {
            return plan(message, at: planned)
        }
        try receive(planned: planned, after: own) { time in try handler(message, time, time) }
    }

    /// Handles something from outside, at `planned` when that lies between the last event and now.
    ///
    /// - Parameters:
    ///   - planned: nil for now.
    ///   - own: the last time of those that `body` must not go before, if that is not the last of all.
    ///   - body: is given the time.
    /// - Throws: what `body` or an event's handler throws.
    func receive(
        planned: SimulationTime? = nil,
        after own: SimulationTime? = nil,
        _ body: (SimulationTime) throws -> Void
    ) throws {
        var time = min(planned ?? now, now)
        try drain(through: time)
        time = max(time, own ?? last)
        last = max(last, time)
        try body(time)
        try drain()
        arm()
    }

    /// How long ago something should have come, the lag taken off; zero before its time.
    func lateness(of planned: SimulationTime) -> SimulationDuration {
        guard let clock else { return .zero }
        return max(clock.time(at: MonotonicClock.now - lag) - planned, .zero)
    }

    /// The run's time.
    var now: SimulationTime { max(clock?.now ?? .start, last) }

    /// Handles all that is due, or what is planned for `time` at the latest, even if its lag is not over.
    ///
    /// What is still due after a while waits for the next turn, since a process that is too slow must be heard, too.
    private func drain(through time: SimulationTime? = nil) throws {
        guard let clock else { return }
        let end = MonotonicClock.now + Self.longestTurn
        while true {
            let reading = MonotonicClock.now
            let reached = clock.time(at: reading - lag)
            guard reading < end, let (due, event) = events.pop(through: time ?? reached) else {
                return
            }
            // Something from outside may have been handled meanwhile.
            let planned = max(due, last)
            last = planned
            let actual = max(reached, planned)
            pacing.note(actual - due)
            try handler(event, planned, actual)
        }
    }

    private func arm() {
        guard let clock, let next = events.nextTime() else { return }
        timer?.arm(at: min(clock.deadline(of: next), .max - lag) + lag)
    }
}
