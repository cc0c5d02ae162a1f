import SimulationCore
import Testing

@testable import Links

/// When HyStart ends slow start, by the figures of Linux's `tcp_cubic.c`.
@Suite struct SlowStartExitTests {
    /// Sends a round of 200 acknowledgements through.
    ///
    /// - Parameters:
    ///   - spacing: microseconds from one to the next.
    ///   - window: in segments.
    ///   - shortest: the shortest round trip ever, in milliseconds.
    ///   - extra: what each takes more, in microseconds, by its number.
    /// - Returns: which of them ends slow start, counted from 1; nil if none does.
    private func end(
        spacing: Int64,
        window: Int = 100,
        shortest: Int64 = 100,
        extra: (Int) -> Int64 = { _ in 0 }
    ) -> Int? {
        var exit = SlowStartExit(at: .start, lastSent: 200)
        return (1...200).first { number in
            exit.ends(
                at: .start + .microseconds(spacing * Int64(number)),
                acknowledged: number,
                lastSent: 200,
                window: window,
                roundTrip: .milliseconds(shortest) + .microseconds(extra(number)),
                shortestEver: .milliseconds(shortest)
            )
        }
    }

    /// Half of 100 ms and of one more, in steps of 1 ms; a gap of more than 2 ms ends the train.
    @Test func `acknowledgements close together for half a round trip end it`() {
        #expect(end(spacing: 1000) == 51)
        #expect(end(spacing: 2000) == 26)
        #expect(end(spacing: 2001) == nil)
    }

    /// An eighth of the shortest, within 4 and 16 ms.
    @Test(
        arguments: [(8, 4000), (32, 4000), (80, 10_000), (128, 16_000), (400, 16_000)]
            as [(Int64, Int64)]
    )
    func `a round that is longer by a margin ends it`(shortest: Int64, margin: Int64) {
        func end(_ extra: Int64) -> Int? {
            self.end(spacing: 5000, shortest: shortest) { _ in extra }
        }
        #expect(end(margin) == nil)
        // The first eight are waited for.
        #expect(end(margin + 1) == 9)
    }

    @Test func `the shortest of a round counts`() {
        #expect(end(spacing: 5000) { $0 == 8 ? 0 : 50_000 } == nil)
        #expect(end(spacing: 5000) { $0 > 8 ? 0 : 50_000 } == nil)
    }

    @Test func `windows below sixteen segments end nothing`() {
        #expect(end(spacing: 1000, window: 15) { _ in 50_000 } == nil)
        #expect(end(spacing: 1000, window: 16) { _ in 50_000 } == 9)
    }
}
