/// The SplitMix64 generator (Steele, Lea and Flood, 2014): repeatable test data.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// Symbols drawn by the table's own probabilities.
    mutating func symbols(_ count: Int, from frequencies: [UInt16]) -> [UInt8] {
        let pool = frequencies.enumerated().flatMap { symbol, frequency in
            [UInt8](repeating: UInt8(symbol), count: Int(frequency))
        }
        return (0..<count).map { _ in pool[Int.random(in: 0..<pool.count, using: &self)] }
    }

    /// Numbers of a triangular distribution around zero, clipped below at `floor`.
    mutating func tensor(_ count: Int, floor: Float = -1) -> [Float] {
        (0..<count).map { _ in
            let sum =
                Float.random(in: -0.5...0.5, using: &self)
                + Float.random(in: -0.5...0.5, using: &self)
            return max(sum, floor)
        }
    }
}
