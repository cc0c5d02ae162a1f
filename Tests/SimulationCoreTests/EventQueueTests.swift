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
        var queue = EventQueue<UInt64>(sources: sources, capacity: 4)
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
                #expect(queue.peekTime?.nanoseconds == expected?.time)
                let event = queue.pop()
                #expect(event?.time.nanoseconds == expected?.time)
                #expect(event?.payload == expected?.payload)
                popped += 1
            }
            #expect(queue.count == list.count)
            #expect(queue.peekTime?.nanoseconds == list.map(\.time).min())
        }
        #expect(popped > 2000)
    }

    @Test func orderDoesNotDependOnWhoPushedFirst() {
        var forwards = EventQueue<UInt32>(sources: 0)
        var backwards = EventQueue<UInt32>(sources: 0)
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
            var queue = EventQueue<UInt32>(sources: 1)
            queue.push(0, at: SimulationTime(nanoseconds: 5), from: 0)
            _ = queue.pop()
            queue.push(1, at: SimulationTime(nanoseconds: 4), from: 0)
        }
    }

    @Test func anEmptyQueueGivesNothingAndGoesOn() {
        var queue = EventQueue<UInt32>(sources: 1)
        #expect(queue.pop() == nil)
        #expect(queue.peekTime == nil)
        queue.push(7, at: .start, from: 0)
        #expect(queue.pop()?.payload == 7)
        #expect(queue.pop() == nil)
        #expect(queue.count == 0)
    }
}
