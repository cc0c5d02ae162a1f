extension LatentCodec {
    /// The latent rounded to the nearest step, ties to even, channel-major.
    ///
    /// Magnitudes beyond 32767 steps, infinities among them, become 32767; NaN becomes 0.
    ///
    /// - Parameters:
    ///   - latent: `count` numbers, channel-major.
    ///   - choice: The adaptation's choice; nil for the neutral one.
    /// - Returns: −32767...32767, in the latent's order.
    package func values(of latent: [Float], choice: Int? = nil) -> [Int16] {
        var values: [Int16] = []
        latent.withUnsafeBufferPointer { quantize($0, choice: choice, into: &values) }
        return values
    }

    func quantize(
        _ latent: UnsafeBufferPointer<Float>,
        choice: Int?,
        into values: inout [Int16]
    ) {
        precondition(latent.count == count, "the latent has \(count) coefficients")
        if values.count != count { values = [Int16](repeating: 0, count: count) }
        let steps = steps(choice: choice ?? model.adaptation.neutral)
        let size = count / steps.count
        let limit = Float(LatentSymbol.magnitudeLimit)
        values.withUnsafeMutableBufferPointer { values in
            for (part, step) in steps.enumerated() {
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
    /// - Parameters:
    ///   - values: `count` values, −32767...32767, channel-major.
    ///   - choice: The adaptation's choice; nil for the neutral one.
    /// - Returns: The latent, to the bit as `decode` gives it.
    package func reconstruction(of values: [Int16], choice: Int? = nil) -> [Float] {
        precondition(values.count == count, "the latent has \(count) coefficients")
        let choice = choice ?? model.adaptation.neutral
        let units = reconstructionUnits(choice: choice)
        let tables = tables(for: values, choice: choice)
        return values.indices.map { index in
            Self.reconstruction(
                of: values[index],
                shift: model.family.centroidShifts[tables[index]],
                unit: units[index * units.count / count]
            )
        }
    }

    /// 2^-8 of each step: what magnitudes less centroid shifts are multiplied with.
    func reconstructionUnits(choice: Int) -> [Float] { steps(choice: choice).map { $0 * 0x1p-8 } }

    /// sign · (|value| − `shift` / 256) · step, the integer part exact, the product rounded once.
    @inline(__always)
    static func reconstruction(of value: Int16, shift: UInt8, unit: Float) -> Float {
        let number = Int32(value) << 8
        let shrunk = number - Int32(shift) * Int32(value.signum())
        return Float(shrunk) * unit
    }
}
