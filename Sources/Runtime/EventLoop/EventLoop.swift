import CLinux
import Glibc
package import Messaging

/// The loop of a process's main thread: timers, sockets, descriptors, signals and mailboxes.
///
/// Handlers run one at a time on the thread that calls `run`; what they throw ends `run`. All
/// methods belong to that thread; other threads reach the loop through a mailbox.
package final class EventLoop {
    /// The least that Linux grants, in nanoseconds.
    private static let slice: UInt64 = 100_000

    private let epoll: Int32
    private let clock: Int32
    private let waker: LoopWaker
    private var armed: Int64?
    private var timers: [LoopTimer] = []
    private var channels: [Channel] = []
    private var mailboxes: [() throws -> Void] = []
    private var handlers: [Int32: () throws -> Void] = [:]
    private var signals: (descriptor: Int32, numbers: [Int32])?
    private var isStopped = false

    /// Makes a loop for the calling thread.
    package init() throws(RuntimeError) {
        let waker = try LoopWaker()
        let clock = try SystemCall.check("make a timer") { clinux_timer_create() }
        do throws(RuntimeError) {
            epoll = try SystemCall.check("make an epoll descriptor") { clinux_epoll_create() }
        } catch {
            Glibc.close(clock)
            throw error
        }
        self.waker = waker
        self.clock = clock
        try watch(waker.descriptor) { [unowned self] in
            waker.clear()
            for drain in mailboxes { try drain() }
        }
        try watch(clock) { [unowned self] in
            var expirations: UInt64 = 0
            _ = read(self.clock, &expirations, MemoryLayout<UInt64>.size)
            armed = nil
        }
        // Applies to sleeps other than the timer's, which has none; failing would cost 50 µs.
        _ = clinux_timer_slack_minimise()
        // A loop runs briefly and must be punctual; what computes for longer makes way.
        _ = clinux_thread_slice(Self.slice)
    }

    deinit {
        if let signals {
            clinux_signal_close(signals.descriptor, signals.numbers, Int32(signals.numbers.count))
        }
        Glibc.close(clock)
        Glibc.close(epoll)
    }

    /// Nanoseconds of CLOCK_MONOTONIC.
    package var now: Int64 { MonotonicClock.now }

    /// A timer whose handler runs when its deadline has come.
    ///
    /// Meant for a few: an owner of many deadlines keeps its own queue and arms one timer for the earliest.
    package func makeTimer(_ handler: @escaping () throws -> Void) -> LoopTimer {
        let timer = LoopTimer(handler)
        timers.append(timer)
        return timer
    }

    /// Hands a socket's messages to a handler.
    package func attach(
        _ socket: Socket,
        onMessage handler: @escaping ([[UInt8]]) throws -> Void
    ) throws -> Channel {
        let channel = Channel(socket, handler)
        try watch(socket.fileDescriptor) { channel.mayHoldMessages = true }
        channels.append(channel)
        return channel
    }

    /// A way for other threads to reach a handler on the loop.
    package func makeMailbox<Value: Sendable>(
        _ handler: @escaping (Value) throws -> Void
    ) -> LoopMailbox<Value> {
        let mailbox = LoopMailbox<Value>(waker)
        mailboxes.append {
            for value in mailbox.take() { try handler(value) }
        }
        return mailbox
    }

    /// Calls a handler for as long as a descriptor is readable, or at its end.
    package func watch(
        _ descriptor: Int32,
        _ handler: @escaping () throws -> Void
    ) throws(RuntimeError) {
        precondition(handlers[descriptor] == nil, "descriptor \(descriptor) is watched already")
        _ = try SystemCall.check("watch descriptor \(descriptor)") {
            clinux_epoll_add(epoll, descriptor)
        }
        handlers[descriptor] = handler
    }

    /// Ends `watch`; to be called before the descriptor is closed.
    package func unwatch(_ descriptor: Int32) {
        guard handlers.removeValue(forKey: descriptor) != nil else { return }
        _ = clinux_epoll_remove(epoll, descriptor)
    }

    /// Calls a handler on the loop for signals of the process, in place of what they did before, until the loop goes.
    ///
    /// At most once in a process at a time. Call it before other threads are started where that is possible:
    /// they inherit the blocked signals, which else take a detour.
    package func onSignals(
        _ numbers: [Int32],
        _ handler: @escaping (Int32) throws -> Void
    ) throws(RuntimeError) {
        precondition(signals == nil, "a loop handles signals once")
        let descriptor = try SystemCall.check("wait for signals") {
            clinux_signal_open(numbers, Int32(numbers.count))
        }
        signals = (descriptor, numbers)
        try watch(descriptor) {
            while true {
                let number = clinux_signal_read(descriptor)
                guard number > 0 else { return }
                try handler(number)
            }
        }
    }

    /// Runs until the condition holds, looking after every turn, or until `stop`.
    package func run(until isDone: () -> Bool = { false }) throws {
        isStopped = false
        var ready = [Int32](repeating: 0, count: 32)
        while !isDone(), !isStopped {
            try fireTimers()
            for channel in channels where channel.mayHoldMessages { try channel.work() }
            if isDone() || isStopped { return }
            let block = try !hasWork && arm()
            let count = clinux_epoll_wait(epoll, &ready, Int32(ready.count), block ? 1 : 0)
            guard count >= 0 || errno == EINTR else {
                throw SystemCall.failure("wait for events", errno)
            }
            for descriptor in ready.prefix(Int(max(count, 0))) {
                try handlers[descriptor]?()
            }
        }
    }

    /// Makes `run` return after the current handler's turn; a later `run` starts afresh.
    package func stop() { isStopped = true }

    /// Forgets every handler and lets go of the sockets; the loop cannot be used again.
    package func close() {
        for descriptor in Array(handlers.keys) { unwatch(descriptor) }
        timers = []
        channels = []
        mailboxes = []
    }

    private func fireTimers() throws {
        let now = now
        for timer in timers {
            if let deadline = timer.deadline, deadline <= now { try timer.fire() }
        }
    }

    /// Whether a channel may hold messages: a later one's handler has sent on it, or its burst was used up.
    private var hasWork: Bool { channels.contains(where: \.mayHoldMessages) }

    /// Sets the kernel's timer to the earliest deadline.
    ///
    /// - Returns: False, with the timer as it was, when a deadline has passed already.
    private func arm() throws(RuntimeError) -> Bool {
        let earliest = timers.lazy.compactMap(\.deadline).min()
        guard earliest != armed else { return true }
        if let earliest, earliest <= now { return false }
        _ = try SystemCall.check("arm a timer") {
            // 0 would disarm it.
            clinux_timer_arm(clock, earliest ?? 0)
        }
        armed = earliest
        return true
    }
}
