import SimulationCore
import Testing

@Suite struct EventQueueTests {
    private struct Event: Equatable {
        var time: Int64
        var source: UInt32
        var sequence: UInt32
        var payload: UInt64

        func isBefore(_ other: Event) -> Bool {
            (time, source, sequence) < (other.time, other.source, other.sequence)
        }
    }

    @Test(arguments: [1, 3, 40, 1000])
    func popsWhatASortedListWouldGive(sources: Int) {
        var random = RandomDraw(seed: 11, purpose: .test, entity: UInt32(sources))
        var queue = EventQueue<UInt64>()
        var list: [Event] = []
        var sequences = Array(repeating: UInt32(0), count: sources)
        var popped = 0
        for step in 0..<6000 {
            // Grows, holds, then drains; increments are small, so that many times are equal.
            if random.below(100) < (step < 2000 ? 70 : step < 4000 ? 50 : 20) {
                let source = UInt32(random.below(UInt64(sources)))
                let time = queue.now + SimulationDuration(nanoseconds: Int64(random.below(8)))
                let event = Event(
                    time: time.nanoseconds,
                    source: source,
                    sequence: sequences[Int(source)],
                    payload: random.next()
                )
                sequences[Int(source)] += 1
                list.append(event)
                queue.push(event.payload, at: time, from: source)
            } else {
                let first = list.indices.min { list[$0].isBefore(list[$1]) }
                let expected = first.map { list.remove(at: $0) }
                #expect(queue.nextTime()?.nanoseconds == expected?.time)
                let event = queue.pop()
                #expect(event?.time.nanoseconds == expected?.time)
                #expect(event?.payload == expected?.payload)
                popped += 1
            }
            #expect(queue.count == list.count)
            #expect(queue.nextTime()?.nanoseconds == list.map(\.time).min())
        }
        #expect(popped > 2000)
    }

    /// How far ahead of the queue's time events are pushed.
    enum Spread: String, CaseIterable {
        case none, few, even, exponential, bimodal, ages

        func draw(_ random: inout RandomDraw) -> Int64 {
            switch self {
            case .none: 0
            case .few: Int64(random.below(3)) * 1_000_000
            case .even: Int64(random.below(1_000_000_000))
            case .exponential: random.exponential(mean: .seconds(1)).nanoseconds
            case .bimodal:
                random.below(10) > 0
                    ? Int64(random.below(1000)) : Int64(random.below(1_000_000_000_000))
            // Up to the longest time there is, so that buckets become very coarse.
            case .ages: Int64(1) << Int64(random.below(61))
            }
        }
    }

    /// So many are pending that most lie in the ladder, and its rungs divide, end and are made anew.
    @Test(arguments: Spread.allCases) func manyPendingEventsKeepTheirOrder(spread: Spread) {
        var random = RandomDraw(seed: 12, purpose: .test, entity: 0)
        var queue = EventQueue<UInt64>()
        var pending: [UInt64: Event] = [:]
        var last = Event(time: 0, source: 0, sequence: 0, payload: 0)
        var pushed: UInt32 = 0
        func push() {
            let time = queue.now + SimulationDuration(nanoseconds: spread.draw(&random))
            guard time.nanoseconds < .max / 2 else { return }
            let source = UInt32(random.below(500))
            pushed += 1
            let event = Event(
                time: time.nanoseconds,
                source: source,
                sequence: pushed,
                payload: UInt64(pushed)
            )
            pending[event.payload] = event
            queue.push(event.payload, at: time, from: source)
        }
        func pop() -> Bool {
            guard let (time, payload) = queue.pop(),
                let event = pending.removeValue(forKey: payload)
            else { return false }
            #expect(time.nanoseconds == event.time)
            #expect(!pending.values.contains { $0.isBefore(event) })
            #expect(last.time <= event.time)
            last = event
            return true
        }
        for _ in 0..<3000 { push() }
        // Everything that is pending was pushed by now, and so comes out in the order of its keys.
        var sorted = pending.values.sorted { $0.isBefore($1) }
        for expected in sorted.prefix(1000) {
            #expect(queue.pop()?.payload == expected.payload)
            pending[expected.payload] = nil
            last = expected
        }
        for _ in 0..<30_000 {
            push()
            #expect(pop())
        }
        sorted = pending.values.sorted { $0.isBefore($1) }
        #expect(queue.count == sorted.count)
        for expected in sorted {
            #expect(queue.nextTime()?.nanoseconds == expected.time)
            #expect(queue.pop()?.payload == expected.payload)
        }
        #expect(queue.count == 0)
    }

    @Test func anEventAfterTheLimitStays() {
        var queue = EventQueue<UInt32>()
        queue.push(1, at: SimulationTime(nanoseconds: 5), from: 0)
        #expect(queue.pop(through: SimulationTime(nanoseconds: 4)) == nil)
        #expect(queue.now == .start)
        queue.push(2, at: SimulationTime(nanoseconds: 3), from: 0)
        #expect(queue.pop(through: SimulationTime(nanoseconds: 5))?.payload == 2)
        #expect(queue.pop(through: SimulationTime(nanoseconds: 5))?.payload == 1)
    }

    @Test func orderDoesNotDependOnWhoPushedFirst() {
        var forwards = EventQueue<UInt32>()
        var backwards = EventQueue<UInt32>()
        let time = SimulationTime(nanoseconds: 9)
        for source in UInt32(0)..<20 {
            for turn in UInt32(0)..<3 {
                forwards.push(source * 10 + turn, at: time, from: source)
                backwards.push((19 - source) * 10 + turn, at: time, from: 19 - source)
            }
        }
        while let event = forwards.pop() { #expect(backwards.pop()?.payload == event.payload) }
        #expect(backwards.count == 0)
    }

    @Test func timeNeverGoesBack() async {
        await #expect(processExitsWith: .failure) {
            var queue = EventQueue<UInt32>()
            queue.push(0, at: SimulationTime(nanoseconds: 5), from: 0)
            _ = queue.pop()
            queue.push(1, at: SimulationTime(nanoseconds: 4), from: 0)
        }
    }

    @Test func anEmptyQueueGivesNothingAndGoesOn() {
        var queue = EventQueue<UInt32>()
        #expect(queue.pop() == nil)
        #expect(queue.nextTime() == nil)
        queue.push(7, at: .start, from: 0)
        #expect(queue.pop()?.payload == 7)
        #expect(queue.pop() == nil)
        #expect(queue.count == 0)
    }
}
