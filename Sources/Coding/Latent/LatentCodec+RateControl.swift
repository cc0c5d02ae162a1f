extension LatentCodec {
    /// The finest level between anchors with which a latent's payload has at most `bytes` bytes, or
    /// the coarsest anchor if none has.
    ///
    /// By bisection: assumes that a coarser step does not lengthen the payload; where it does, the result
    /// may not be the finest. The decoder has to be told `place`.
    ///
    /// - Parameters:
    ///   - bytes: The budget, envelope included.
    ///   - latent: A latent of `model`, channel-major.
    ///   - model: The model.
    ///   - anchors: At least one level for `model`, from the finest to the coarsest.
    /// - Returns: A place for `LatentLevel.init(between:place:)`.
    package static func place(
        forTargetBytes bytes: Int,
        latent: [Float],
        model: LatentModel,
        anchors: [LatentLevel]
    ) -> Int {
        var (low, high) = (0, (anchors.count - 1) * LatentLevel.placesPerAnchor)
        while low < high {
            let middle = (low + high) / 2
            let level = LatentLevel(between: anchors, place: middle)
            let size = LatentCodec(model: model, level: level).encode(latent).count
            if size <= bytes { high = middle } else { low = middle + 1 }
        }
        return high
    }
}
