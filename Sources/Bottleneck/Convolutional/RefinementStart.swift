import SimulationCore

/// The first weights of a refinement.
enum RefinementStart {
    /// Normal, of variance 2 / inputs (He et al., "Delving deep into rectifiers", 2015), which
    /// keeps the scale of what passes a ReLU; 3×3 kernels of `channels` inputs.
    static func weights(channels: Int, hidden: Int) -> [Float] {
        var draw = RandomDraw(seed: 1, purpose: .trainingStart, entity: 0)
        let deviation = (2 / Double(9 * channels)).squareRoot()
        return (0..<hidden * channels * 9).map { _ in Float(deviation * draw.normal()) }
    }
}
