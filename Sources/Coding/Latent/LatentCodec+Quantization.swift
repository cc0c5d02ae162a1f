extension LatentCodec {
    /// The latent rounded to the nearest step, ties to even, channel-major.
    ///
    /// Magnitudes beyond 32767 steps, infinities among them, become 32767; NaN becomes 0.
    ///
    /// - Parameter latent: `count` numbers, channel-major.
    /// - Returns: −32767...32767, in the latent's order.
    package func values(of latent: [Float]) -> [Int16] {
        var values: [Int16] = []
        latent.withUnsafeBufferPointer { quantize($0, into: &values) }
        return values
    }

    func quantize(_ latent: UnsafeBufferPointer<Float>, into values: inout [Int16]) {
        precondition(latent.count == count, "the latent has \(count) coefficients")
        if values.count != count { values = [Int16](repeating: 0, count: count) }
        let size = count / level.steps.count
        let limit = Float(LatentSymbol.magnitudeLimit)
        values.withUnsafeMutableBufferPointer { values in
            for (part, step) in level.steps.enumerated() {
                let gain = 1 / step
                for index in part * size..<(part + 1) * size {
                    let scaled = latent[index] * gain
                    let number = scaled == scaled ? scaled : 0
                    let clipped = max(min(number, limit), -limit)
                    // Adding 1.5 · 2^23 leaves the rounded integer in the low bits.
                    let rounded = (clipped + 0x1.8p23).bitPattern
                    values[index] = Int16(truncatingIfNeeded: rounded)
                }
            }
        }
    }

    /// What the decoder makes of quantised values.
    ///
    /// - Parameter values: `count` values, −32767...32767, channel-major.
    /// - Returns: The latent, to the bit as `decode` gives it.
    package func reconstruction(of values: [Int16]) -> [Float] {
        precondition(values.count == count, "the latent has \(count) coefficients")
        let (units, tables) = (reconstructionUnits, tables(for: values))
        return values.indices.map { index in
            Self.reconstruction(
                of: values[index],
                shift: model.family.centroidShifts[tables[index]],
                unit: units[index * units.count / count]
            )
        }
    }

    /// 2^-8 of each step: what magnitudes less centroid shifts are multiplied with.
    var reconstructionUnits: [Float] { level.steps.map { $0 * 0x1p-8 } }

    /// sign · (|value| − `shift` / 256) · step, the integer part exact, the product rounded once.
    @inline(__always)
    static func reconstruction(of value: Int16, shift: UInt8, unit: Float) -> Float {
        let number = Int32(value) << 8
        let shrunk = number - Int32(shift) * Int32(value.signum())
        return Float(shrunk) * unit
    }
}
