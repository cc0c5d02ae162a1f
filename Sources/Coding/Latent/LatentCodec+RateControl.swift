extension LatentCodec {
    /// The finest of the adaptation's choices with which a latent's payload has at most `bytes`
    /// bytes, or the coarsest if none has.
    ///
    /// The decoder reads the choice from the payload. By bisection: assumes that a coarser step does not
    /// lengthen the payload; where it does, the result may not be the finest.
    ///
    /// - Parameters:
    ///   - bytes: The budget, envelope included.
    ///   - latent: `count` numbers, channel-major.
    /// - Returns: The choice to encode the latent with.
    package func choice(forTargetBytes bytes: Int, latent: [Float]) -> Int {
        Self.first(of: model.adaptation.choiceCount) { choice in
            encode(latent, choice: choice).count <= bytes
        }
    }

    /// The finest level between anchors with which a latent's payload has at most `bytes` bytes, or
    /// the coarsest anchor if none has.
    ///
    /// By bisection, as `choice(forTargetBytes:latent:)`. The decoder has to be told `place`.
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
        first(of: (anchors.count - 1) * LatentLevel.placesPerAnchor + 1) { place in
            let codec = LatentCodec(
                model: model,
                level: LatentLevel(between: anchors, place: place)
            )
            return codec.encode(latent).count <= bytes
        }
    }

    /// The first index that suffices, supposing that all after it do; the last if none does.
    private static func first(of count: Int, suffices: (Int) -> Bool) -> Int {
        var (low, high) = (0, count - 1)
        while low < high {
            let middle = (low + high) / 2
            if suffices(middle) { high = middle } else { low = middle + 1 }
        }
        return high
    }
}
