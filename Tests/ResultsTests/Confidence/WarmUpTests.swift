import SimulationCore
import TestSupport
import Testing

@testable import Results

@Suite struct WarmUpTests {
    /// The first of the smallest Σ(Yᵢ - Ȳ)²/(n - d)², each worked out anew.
    private func reference(_ values: [Double]) -> (cut: Int, mean: Double) {
        let count = values.count / 5
        let means = (0..<count).map { batch in
            values[(5 * batch)..<(5 * batch + 5)].reduce(0, +) / 5
        }
        var best = (cut: 0, mean: 0.0, error: Double.infinity)
        for cut in 0...(count - 5) {
            let kept = means[cut...]
            let mean = kept.reduce(0, +) / Double(kept.count)
            let squares = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let error = squares / Double(kept.count * kept.count)
            if error < best.error { best = (cut, mean, error) }
        }
        // Of all values after the cut, those that fill no batch among them.
        let kept = values[(5 * best.cut)...]
        return (best.cut, kept.reduce(0, +) / Double(kept.count))
    }

    private func detector(_ values: [Double]) -> WarmUpDetector {
        var detector = WarmUpDetector()
        for (index, value) in values.enumerated() {
            detector.record(value, at: SimulationTime(nanoseconds: Int64(index + 1)))
        }
        return detector
    }

    @Test(arguments: 1...20)
    func `the cut is the direct search's`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<1203).map { index in
            1e6 + 5e5 * Double.random(in: 0...1, using: &generator)
                + (index < Int(seed) * 20 ? 3e6 - 7e3 * Double(index) : 0)
        }
        let direct = reference(values)
        guard let found = detector(values).truncation else {
            #expect(direct.cut > values.count / 5 / 2)
            return
        }
        #expect(found.values == direct.cut * 5)
        #expect(found.time.nanoseconds == Int64(found.values))
        #expect(abs(found.mean - direct.mean) < 1e-6 * direct.mean)
    }

    @Test func `a known transient is cut off and hardly more`() throws {
        var generator = SeededGenerator(seed: 5)
        let values = (0..<20_000).map { index in
            100 + Double.random(in: 0...10, using: &generator) + (index < 1000 ? 200 : 0)
        }
        let cut = try #require(detector(values).truncation)
        #expect((1000...1100).contains(cut.values))
        #expect(abs(cut.mean - 105) < 0.2)
    }

    @Test func `a sequence that goes on growing has not settled`() {
        #expect(detector((0..<1000).map { Double($0) }).truncation == nil)
        #expect(detector([1, 2, 3]).truncation == nil)
    }

    /// Ten means of five values, of which the first half may be cut off.
    @Test func `a sequence is cut in its first half`() throws {
        let steady = Array(repeating: 7.0, count: 50)
        #expect(detector(Array(steady.dropLast())).truncation == nil)
        #expect(detector(steady).truncation == .init(values: 0, time: .start, mean: 7))
        func step(_ means: Int) -> [Double] { (0..<100).map { $0 < 5 * means ? 50 : 7 } }
        let cut = try #require(detector(step(10)).truncation)
        #expect(cut.values == 50 && cut.time.nanoseconds == 50)
        #expect(detector(step(11)).truncation == nil)
    }

    @Test func `a long sequence is cut at multiples of a larger batch`() throws {
        let values = (0..<100_000).map { index in index < 10_000 ? 50.0 : Double(index % 7) }
        let detector = detector(values)
        #expect(detector.batchSize == 40)
        let cut = try #require(detector.truncation)
        #expect(cut.values == 10_000)
        #expect(cut.time.nanoseconds == 10_000)
    }
}
