import SimulationCore
import Testing

@testable import Runtime

@Suite struct WallTimelineTests {
    private struct Handled: Equatable {
        let event: Int
        let milliseconds: Int64
    }

    private let loop: EventLoop

    init() throws { loop = try EventLoop() }

    private func time(_ milliseconds: Int64) -> SimulationTime {
        .start + .milliseconds(milliseconds)
    }

    @Test func whatComesBeforeItsTimeIsHandledThen() throws {
        var handled: [Handled] = []
        let timeline = WallTimeline<Int>(loop) { event, planned, actual in
            #expect(actual >= planned)
            handled.append(Handled(event: event, milliseconds: planned.nanoseconds / 1_000_000))
        }
        timeline.start(RunClock(epoch: loop.now, dilation: 1))
        try timeline.receive(1, planned: time(30))
        try timeline.receive(2, planned: time(20))
        #expect(handled.isEmpty)
        try loop.run(until: { handled.count == 2 })
        let order = [Handled(event: 2, milliseconds: 20), Handled(event: 1, milliseconds: 30)]
        #expect(handled == order)
    }

    /// Though that is overdue, too.
    @Test func aMessageIsHandledBeforeWhatIsPlannedAfterIt() throws {
        var handled: [Handled] = []
        let timeline = WallTimeline<Int>(loop) { event, planned, _ in
            handled.append(Handled(event: event, milliseconds: planned.nanoseconds / 1_000_000))
        }
        timeline.start(RunClock(epoch: loop.now - 100_000_000, dilation: 1))
        timeline.plan(1, at: time(97))
        timeline.plan(2, at: time(93))
        try timeline.receive(3, planned: time(95))
        let order = [(2, 93), (3, 95), (1, 97)].map { Handled(event: $0, milliseconds: $1) }
        #expect(handled == order)
    }

    /// A process with more to do than it can must be heard all the same.
    @Test func overdueEventsLeaveOthersTheirTurn() throws {
        var turns = 0
        var again: (() -> Void)?
        let timeline = WallTimeline<Int>(loop) { _, _, _ in again?() }
        again = { [unowned timeline] in timeline.plan(1, at: .start) }
        timeline.start(RunClock(epoch: loop.now, dilation: 1))
        timeline.plan(1, at: .start)
        var timer: LoopTimer?
        timer = loop.makeTimer {
            turns += 1
            timer?.arm(at: 0)
        }
        timer?.arm(at: 0)
        try loop.run(until: { turns == 3 })
        #expect(timeline.pacing.count > 3)
    }

    /// Two messages whose times lie 5 and 10 ms back, the earlier of which comes later.
    @Test(arguments: [0, 20_000_000] as [Int64])
    func aLagPutsInOrderWhatWasOnItsWay(lag: Int64) throws {
        var handled: [Handled] = []
        let timeline = WallTimeline<Int>(loop) { event, planned, _ in
            handled.append(Handled(event: event, milliseconds: planned.nanoseconds / 1_000_000))
        }
        timeline.start(RunClock(epoch: loop.now - 15_000_000, dilation: 1), lag: lag)
        try timeline.receive(1, planned: time(10))
        try timeline.receive(2, planned: time(5))
        try loop.run(until: { handled.count == 2 })
        let late = Handled(event: 2, milliseconds: lag == 0 ? 10 : 5)
        let other = Handled(event: 1, milliseconds: 10)
        #expect(handled == (lag == 0 ? [other, late] : [late, other]))
    }
}
