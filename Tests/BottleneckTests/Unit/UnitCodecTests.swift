import BottleneckTestSupport
import Coding
import GraphTestSupport
import TestSupport
import Testing

@testable import Bottleneck

struct UnitCodecTests {
    private let unit: BottleneckUnit
    private let latent: [Float]

    init() throws {
        unit = try WaistUnit.bundle(networkBytes: []).unit
        var generator = SeededGenerator(seed: 9)
        latent = generator.normals(8 * 49).map { 2 * $0 }
    }

    private func encode(_ rate: UnitCodec.Rate) -> [UInt8] {
        var (payload, scratch): ([UInt8], LatentScratch) = ([], LatentScratch())
        latent.withUnsafeBufferPointer {
            UnitCodec(unit, rate: rate).encode($0, into: &payload, scratch: &scratch)
        }
        return payload
    }

    private func decode(_ payload: [UInt8], _ rate: UnitCodec.Rate) throws(CodingError) -> [Float] {
        var (values, scratch) = ([Float](repeating: 0, count: latent.count), LatentScratch())
        let codec = UnitCodec(unit, rate: rate)
        try values.withUnsafeMutableBufferPointer { values throws(CodingError) in
            try codec.decode(payload, into: values, scratch: &scratch)
        }
        return values
    }

    /// Every value comes back within the step: half of it, and a shift towards zero of at most half.
    @Test(arguments: [0, 0.5, 1, 2.25, 4])
    func `a level quantises with its step`(_ level: Double) throws {
        let (lower, upper) = (Int(level), min(Int(level) + 1, 4))
        let share = Float(level - Double(lower))
        let step = WaistUnit.steps[lower] * (1 - share) + WaistUnit.steps[upper] * share
        let decoded = try decode(encode(.level(level)), .level(level))
        #expect(zip(latent, decoded).allSatisfy { abs($0 - $1) <= step * 1.001 })
        // The same values as a level of that very step gives.
        let exact = LatentCodec(model: unit.latentModel, level: LatentLevel(step: step))
        #expect(exact.encode(latent) == encode(.level(level)))
    }

    @Test func `finer levels take more bytes and lose less`() throws {
        let levels = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4].map(UnitCodec.Rate.level)
        let sizes = levels.map { encode($0).count }
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 })
        let errors = try levels.map { level in
            try zip(latent, decode(encode(level), level)).reduce(Float(0)) {
                $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
            }
        }
        #expect(zip(errors, errors.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func `a payload fits the bytes and leaves little room`() throws {
        let coarsest = encode(.level(0)).count
        let finest = encode(.level(4)).count
        for target in stride(from: coarsest + 2, through: finest, by: 7) {
            let payload = encode(.bytes(target))
            #expect(payload.count <= target)
            #expect(payload.count >= target - 8, "\(payload.count) of \(target)")
            _ = try decode(payload, .bytes(target))
        }
        // As the same place between the levels decodes it.
        let payload = encode(.bytes(200))
        let place = Int(payload[0]) | Int(payload[1]) << 8
        let level = 4 - Double(place) / Double(LatentLevel.placesPerAnchor)
        #expect(Array(payload.dropFirst(2)) == encode(.level(level)))
        #expect(try decode(payload, .bytes(200)) == decode(encode(.level(level)), .level(level)))
    }

    @Test func `what cannot be met gets the coarsest or the finest level`() {
        #expect(encode(.bytes(1)).dropFirst(2) == encode(.level(0))[...])
        #expect(encode(.bytes(100_000)).dropFirst(2) == encode(.level(4))[...])
    }

    @Test func `a damaged payload is refused`() throws {
        for rate in [UnitCodec.Rate.level(2), .bytes(150)] {
            let payload = encode(rate)
            for index in payload.indices {
                var damaged = payload
                damaged[index] ^= 0x24
                #expect(throws: CodingError.self) { try decode(damaged, rate) }
            }
            for count in 0..<payload.count {
                #expect(throws: CodingError.self) {
                    try decode(Array(payload.prefix(count)), rate)
                }
            }
        }
        #expect(throws: CodingError.self) { try decode(encode(.level(2)), .level(3)) }
    }

    @Test func `a fitted model follows the channels' scales`() throws {
        var generator = SeededGenerator(seed: 4)
        let scales: [Float] = [0.1, 1, 30]
        let latents = (0..<40).map { _ in
            scales.flatMap { scale in generator.normals(25).map { scale * $0 } }
        }
        let level = LatentLevel(step: 0.5)
        let model = try LatentModel.fitted(latents: latents, channels: 3, levels: [level])
        #expect(model.channels == 3 && model.positions == 25)
        for (index, scale) in zip(model.scaleIndices, [-53.15, 0, 78.5]) {
            #expect(abs(Double(index) - scale) < 2)
        }
        // The model's cost is near the entropy of the quantised normal draws.
        let codec = LatentCodec(model: model, level: level)
        let bits = latents.reduce(0.0) { $0 + codec.idealCodeLength(of: codec.values(of: $1)) }
        let expected = 40.0 * 25 * (0.0 + 3.05 + 7.95)
        #expect(abs(bits / expected - 1) < 0.05, "\(bits) of \(expected)")
    }
}
