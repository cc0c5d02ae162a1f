import Coding
import TestSupport
import Testing

@Suite struct UniformQuantizerTests {
    static let ranges: [ClosedRange<Float>] = [
        0...6, -1...1, -3.25...0.5, 5...6, -6...(-5), 1e-30...1e-29, -1e30...1e25, 0...0, 7...7,
        100_000...100_001, -1e-37...1e-37,
    ]

    @Test(arguments: ranges, [2, 4, 6, 8])
    func errorIsAtMostHalfAStepInsideAndClipsOutside(range: ClosedRange<Float>, bits: Int) {
        let scale = AffineScale(from: range.lowerBound, through: range.upperBound, bits: bits)
        let quantizer = UniformQuantizer(bits: bits, scales: [scale])
        var random = SeededGenerator(seed: 3)
        let inside = (0..<2000).map { _ in Float.random(in: range, using: &random) }
        let values = inside + [range.lowerBound, range.upperBound]
        let symbols = quantizer.quantize(values)
        #expect(symbols.allSatisfy { $0 <= quantizer.maximumSymbol })
        // Binary32 leaves up to 2^-7 of a step where the range is far from zero.
        let bound = Double(scale.step) * (0.5 + 1.0 / 128)
        for (value, decoded) in zip(values, quantizer.dequantize(symbols)) {
            #expect(abs(Double(value) - Double(decoded)) <= bound, "\(value) became \(decoded)")
        }
        let width = range.upperBound - range.lowerBound + scale.step * 300
        let outside = quantizer.quantize([
            range.lowerBound - width, range.upperBound + width, -.infinity, .infinity,
            -.greatestFiniteMagnitude, .greatestFiniteMagnitude,
        ])
        #expect(outside == [0, 1, 0, 1, 0, 1].map { $0 * quantizer.maximumSymbol })
    }

    @Test func decodedSymbolsQuantiseToThemselves() throws {
        let scales = try [(0.37, 12), (1e-20, -65_536), (3e20, 70_000)].map {
            try #require(AffineScale(step: $0.0, zeroPoint: $0.1))
        }
        for scale in scales {
            let quantizer = UniformQuantizer(bits: 8, scales: [scale])
            let symbols = Array(UInt8.min...UInt8.max)
            #expect(quantizer.quantize(quantizer.dequantize(symbols)) == symbols)
        }
    }

    @Test func notANumberCountsAsZero() {
        for range in [-1...1, 2...3, -3...(-2)] as [ClosedRange<Float>] {
            let scale = AffineScale(from: range.lowerBound, through: range.upperBound, bits: 8)
            let quantizer = UniformQuantizer(bits: 8, scales: [scale])
            let symbols = quantizer.quantize([.nan, -.nan, .signalingNaN, 0])
            #expect(Set(symbols).count == 1)
        }
    }

    @Test func scalesThatWouldOverflowAreRefused() {
        #expect(AffineScale(step: 0, zeroPoint: 0) == nil)
        #expect(AffineScale(step: -1, zeroPoint: 0) == nil)
        #expect(AffineScale(step: .nan, zeroPoint: 0) == nil)
        #expect(AffineScale(step: .infinity, zeroPoint: 0) == nil)
        #expect(AffineScale(step: .leastNonzeroMagnitude, zeroPoint: 0) == nil)
        #expect(AffineScale(step: 1, zeroPoint: .min) == nil)
        #expect(AffineScale(step: 0x1p110, zeroPoint: 0) == nil)
    }

    @Test func calibrationFindsTheRangeOfEachChannelIgnoringWhatIsNotFinite() {
        let samples: [[Float]] = [[0, 1, -4, .nan, 9, .nan], [.infinity, 3, -8, -6, .nan, 9]]
        let quantizer = UniformQuantizer.calibrated(samples: samples, channels: 3, bits: 8)
        let expected = [(0, 3), (-8, -4), (9, 9)].map {
            AffineScale(from: $0.0, through: $0.1, bits: 8)
        }
        #expect(quantizer.scales == expected)
        let backwards = UniformQuantizer.calibrated(
            samples: samples.reversed(),
            channels: 3,
            bits: 8
        )
        #expect(backwards == quantizer)
        let none = UniformQuantizer.calibrated(samples: [[.nan]], channels: 1, bits: 4)
        #expect(none.scales == [AffineScale(from: 0, through: 0, bits: 4)])
    }
}
