import Messaging
import Testing

@testable import Runtime

@Suite struct EventLoopTests {
    @Test func timersFireInOrderAndNeverEarly() throws {
        let loop = try EventLoop()
        var fired: [(Int, Bool)] = []
        let start = loop.now
        let spans: [Int64] = [3_000_000, 1_000_000, 2_000_000, -5]
        let timers = spans.enumerated().map { index, span in
            loop.makeTimer { fired.append((index, loop.now >= start + span)) }
        }
        for (timer, span) in zip(timers, spans) { timer.arm(at: start + span) }
        try loop.run(until: { fired.count == 4 })
        #expect(fired.map(\.0) == [3, 1, 2, 0])
        #expect(fired.allSatisfy { $0.1 })
        #expect(timers.allSatisfy { $0.deadline == nil })
    }

    @Test func aTimerCanBeArmedAgainInItsHandler() throws {
        let loop = try EventLoop()
        var deadlines: [Int64] = []
        var timer: LoopTimer?
        timer = loop.makeTimer {
            deadlines.append(loop.now)
            timer?.arm(at: loop.now + 100_000)
        }
        timer?.arm(at: loop.now)
        try loop.run(until: { deadlines.count == 20 })
        #expect(zip(deadlines, deadlines.dropFirst()).allSatisfy { $1 - $0 >= 100_000 })
    }

    @Test func aBurstOfMessagesIsDrainedWhileBothSidesSend() throws {
        let loop = try EventLoop()
        let context = try MessagingContext()
        let router = try Socket(context, .router)
        let dealer = try Socket(context, .dealer)
        try dealer.connect(try router.bind("tcp://127.0.0.1:*"))
        var echoed: [Int] = []
        var server: Channel?
        server = try loop.attach(router) { try server?.send($0) }
        let client = try loop.attach(dealer) { echoed.append(Int($0[0][0]) << 8 | Int($0[0][1])) }
        for index in 0..<5_000 { try client.send([[UInt8(index >> 8), UInt8(index & 255)], [0]]) }
        try loop.run(until: { echoed.count == 5_000 })
        #expect(echoed == Array(0..<5_000))
    }

    /// A send takes notice of what has arrived on its socket, which the descriptor then no longer tells of.
    @Test func whatArrivesWhileAnotherChannelIsAtWorkIsNotForgotten() throws {
        let loop = try EventLoop()
        let context = try MessagingContext()
        let front = try Socket(context, .dealer)
        let frontPeer = try Socket(context, .dealer)
        let back = try Socket(context, .dealer)
        let backPeer = try Socket(context, .dealer)
        try frontPeer.connect(try front.bind("inproc://front"))
        try backPeer.connect(try back.bind("inproc://back"))
        var received = 0
        let first = try loop.attach(front) { _ in received += 1 }
        _ = try loop.attach(back) { _ in
            _ = try frontPeer.send([[1]])
            // Within a millisecond of the last call ZeroMQ does not look whether something has arrived.
            let end = loop.now + 5_000_000
            while loop.now < end {}
            try first.send([[2]])
        }
        let limit = loop.makeTimer { loop.stop() }
        limit.arm(at: loop.now + 10_000_000_000)
        _ = try backPeer.send([[3]])
        try loop.run(until: { received == 1 })
        #expect(received == 1)
    }

    @Test func whatASocketCannotTakeWaitsInOrder() throws {
        let loop = try EventLoop()
        let context = try MessagingContext()
        let receiver = try Socket(context, .dealer, queueBound: 1)
        let socket = try Socket(context, .dealer, queueBound: 1)
        try socket.connect(try receiver.bind("inproc://waiting"))
        let sender = try loop.attach(socket) { _ in }
        for value in 0..<100 { try sender.send([[UInt8(value)]]) }
        #expect(sender.waitingCount > 0)
        var received: [UInt8] = []
        _ = try loop.attach(receiver) { received.append($0[0][0]) }
        try loop.run(until: { received.count == 100 })
        #expect(received == Array(0..<100))
        #expect(sender.waitingCount == 0)
    }

    @Test func jobsRunBesideTheLoopWithTheirThreadsState() throws {
        let loop = try EventLoop()
        let threads = try ExecutorThreads(count: 2, name: "test", loop: loop) { index in
            JobState(thread: index)
        }
        var results: [Int: Int] = [:]
        var threadIndices: Set<Int> = []
        for job in 0..<100 {
            try threads.submit { state in
                if job == 50 { throw RuntimeError.notAWorker(reason: "test") }
                state.count += 1
                return (job * job, state.thread)
            } completion: { result in
                guard case .success(let (square, thread)) = result else {
                    results[job] = -1
                    return
                }
                threadIndices.insert(thread)
                results[job] = square
            }
        }
        try loop.run(until: { results.count == 100 })
        #expect(threadIndices.isSubset(of: [0, 1]))
        for job in 0..<100 { #expect(results[job] == (job == 50 ? -1 : job * job)) }
        threads.close()
    }

    @Test func aFullJobQueueIsAnError() throws {
        let loop = try EventLoop()
        let gate = Gate()
        let threads = try ExecutorThreads(
            count: 1,
            name: "test",
            loop: loop,
            queueBound: 2,
            makeState: { _ in gate.wait() }
        )
        var ended = 0
        for _ in 0..<2 { try threads.submit({ _ in }, completion: { _ in ended += 1 }) }
        #expect(throws: RuntimeError.queueFull(name: "test", bound: 2)) {
            try threads.submit({ _ in }, completion: { _ in })
        }
        gate.open()
        try loop.run(until: { ended == 2 })
    }

    @Test func whatAHandlerThrowsEndsTheRun() throws {
        let loop = try EventLoop()
        let timer = loop.makeTimer { throw RuntimeError.interrupted(signal: 2) }
        timer.arm(at: loop.now)
        #expect(throws: RuntimeError.interrupted(signal: 2)) { try loop.run() }
    }
}

private struct JobState {
    let thread: Int
    var count = 0
}
