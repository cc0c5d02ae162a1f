import SimulationCore
import Testing

@testable import Cluster

/// How much longer work takes after idle time, out of samples that tell of it.
@Suite struct IdleEffectTests {
    private static let milliseconds: Int64 = 1_000_000

    /// What a server that was idle for each time takes over one that was not, when `kinds` alternate.
    private func ratios(
        _ kinds: [(idleTime: Int64, sample: Int64)],
        after idleTimes: [Int64]
    ) -> [Double] {
        let count = 500 * kinds.count
        let effect = IdleEffect(
            (0..<count).map { kinds[$0 % kinds.count].sample },
            after: (0..<count).map { kinds[$0 % kinds.count].idleTime }
        )
        return idleTimes.map { effect.ratio(after: $0) / effect.ratio(after: 0) }
    }

    /// Below 2^20 ns, and by powers of two from there on.
    @Test func `idle times are told apart by powers of two`() {
        let found = ratios(
            [(0, 1000), (1, 1200), (1 << 20 - 1, 1600), (1 << 20, 2000), (1 << 21, 3000)],
            after: [1, 1 << 20 - 1, 1 << 20, 1 << 21 - 1, 1 << 21, .max]
        )
        // The kinds' means over the first's.
        for (ratio, expected) in zip(found, [1.4, 1.4, 2, 2, 3, 3]) {
            #expect(abs(ratio / expected - 1) < 0.02, "\(found)")
        }
    }

    /// 29 samples tell nothing of their kind, 30 do.
    @Test(arguments: [(29, 1.0), (30, 1.5)])
    func `a kind of few samples counts as the next shorter one`(count: Int, expected: Double) {
        let places = Set((0..<count).map { 30 * $0 })
        let effect = IdleEffect(
            (0..<1000).map { places.contains($0) ? 3000 : 2000 },
            after: (0..<1000).map { places.contains($0) ? 5 * Self.milliseconds : 0 }
        )
        let ratio = effect.ratio(after: 5 * Self.milliseconds) / effect.ratio(after: 0)
        #expect(abs(ratio - expected) < 0.03)
    }

    /// A server that never was without idle time counts as after the shortest that it had.
    @Test func `what is not known below counts as the next longer kind`() {
        let found = ratios(
            [(5 * Self.milliseconds, 2000), (50 * Self.milliseconds, 3000)],
            after: [5 * Self.milliseconds, 50 * Self.milliseconds]
        )
        #expect(found[0] == 1)
        #expect(abs(found[1] - 1.5) < 0.02)
    }

    /// A hundred times as long after a pause: more than a cache explains, so that the rest stays chance.
    @Test func `no idle time counts for more than eight times the usual`() {
        let effect = IdleEffect(
            (0..<1000).map { $0 % 10 == 0 ? 100_000 : 1000 },
            after: (0..<1000).map { $0 % 10 == 0 ? 5 * Self.milliseconds : 0 }
        )
        #expect(effect.ratio(after: 5 * Self.milliseconds) == 8)
        #expect(effect.ratio(after: 0) >= 1 / 8)
    }

    /// What is usual around a sample has as many neighbours before it as after it.
    @Test func `backwards the effect is the same`() {
        var draw = RandomDraw(seed: 1, purpose: .test, entity: 0)
        let idleTimes = (0..<1000).map { _ in Int64(draw.below(3)) * 2 * Self.milliseconds }
        // Ever slower, and slower after a pause.
        let samples = idleTimes.indices.map { index in
            1000 + 20 * Int64(index) + idleTimes[index] / 4000 + Int64(draw.below(100))
        }
        let forwards = IdleEffect(samples, after: idleTimes)
        let backwards = IdleEffect(samples.reversed(), after: idleTimes.reversed())
        for idleTime in [0, 2, 4] as [Int64] {
            let ratios = [forwards, backwards].map {
                $0.ratio(after: idleTime * Self.milliseconds)
            }
            #expect(abs(ratios[0] - ratios[1]) < 1e-9, "\(ratios)")
        }
    }
}
