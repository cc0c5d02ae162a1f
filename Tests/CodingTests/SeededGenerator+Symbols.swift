import TestSupport

extension SeededGenerator {
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
