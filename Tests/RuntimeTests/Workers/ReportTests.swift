import TestSupport
import Testing

@testable import Runtime

@Suite struct ReportTests {
    @Test func partsAreSentAgainUntilAcknowledged() {
        var outbox = ReportOutbox()
        for value in 0..<10 { outbox.add([UInt8(value)], isLast: value == 9) }
        #expect(outbox.due(now: 0).map(\.number) == Array(0..<8))
        #expect(outbox.due(now: 1).isEmpty)
        outbox.acknowledge(0)
        #expect(outbox.due(now: 2).map(\.number) == [8])
        #expect(outbox.nextResend == ReportOutbox.resendInterval)
        #expect(outbox.due(now: ReportOutbox.resendInterval).map(\.number) == Array(1..<8))
        for number in 1..<10 { outbox.acknowledge(UInt32(number)) }
        #expect(outbox.isFinished)
        #expect(outbox.nextResend == nil)
        outbox.acknowledge(3)
        #expect(outbox.isFinished)
    }

    @Test func partsAreAcceptedInOrderAndOnce() {
        var inbox = ReportInbox()
        #expect(inbox.receive(part: 1, isLast: true) == .ignore)
        #expect(inbox.receive(part: 0, isLast: false) == .accept)
        #expect(inbox.receive(part: 0, isLast: false) == .acknowledgeAgain)
        #expect(inbox.receive(part: 1, isLast: true) == .accept)
        #expect(inbox.isComplete)
        #expect(inbox.receive(part: 1, isLast: true) == .acknowledgeAgain)
        #expect(inbox.receive(part: 2, isLast: true) == .ignore)
    }

    /// Whatever is lost on the way, all parts arrive, in order, once.
    @Test(arguments: 1...20) func aLossyWayDelivers(seed: UInt64) {
        var outbox = ReportOutbox()
        var inbox = ReportInbox()
        for value in 0..<30 { outbox.add([UInt8(value)], isLast: value == 29) }
        var received: [UInt32] = []
        var generator = SeededGenerator(seed: seed)
        func isLost() -> Bool { generator.next() >> 62 == 0 }
        for turn in 0..<1_000 where !outbox.isFinished {
            for part in outbox.due(now: Int64(turn) * 300_000_000) where !isLost() {
                let action = inbox.receive(part: part.number, isLast: part.isLast)
                if action == .accept { received.append(part.number) }
                if action != .ignore, !isLost() { outbox.acknowledge(part.number) }
            }
        }
        #expect(received == Array(0..<30))
        #expect(outbox.isFinished && inbox.isComplete)
    }
}
