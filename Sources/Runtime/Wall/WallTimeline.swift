import SimulationCore

/// A process's planned events, brought back in real time.
///
/// An event keeps its planned time however late the process wakes, so that lateness does not add up;
/// what comes from outside is handled after all events that are due by then.
final class WallTimeline<Event: BitwiseCopyable> {
    /// Nil before the run has started.
    private(set) var clock: RunClock?
    /// Latenesses of all events.
    private(set) var pacing = PacingStatistics()
    private var events = EventQueue<Event>(sources: 1)
    /// No later call has an earlier time.
    private var last = SimulationTime.start
    private var timer: LoopTimer?
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

    /// Starts the clock.
    func start(_ clock: RunClock) {
        self.clock = clock
        arm()
    }

    /// Plans an event; one whose time has passed is handled next.
    func plan(_ event: Event, at time: SimulationTime, from source: UInt32 = 0) {
        events.push(event, at: max(time, last), from: source)
        arm()
    }

    /// Handles something from outside, at `planned` when that lies between the last event and now.
    func receive(
        planned: SimulationTime? = nil,
        _ body: (SimulationTime) throws -> Void
    ) throws {
        let now = try drain()
        last = max(last, min(planned ?? now, now))
        try body(last)
        try drain()
        arm()
    }

    /// Handles all that is due.
    ///
    /// - Returns: the run's time.
    @discardableResult
    private func drain() throws -> SimulationTime {
        guard let clock else { return last }
        while let next = events.peekTime {
            let now = clock.now
            guard next <= now, let (time, event) = events.pop() else { return max(now, last) }
            last = max(last, time)
            pacing.note(now - time)
            try handler(event, time, now)
        }
        return max(clock.now, last)
    }

    private func arm() {
        guard let clock, let next = events.peekTime else { return }
        timer?.arm(at: clock.deadline(of: next))
    }
}
