package import Coding

/// An encoder and a decoder at a split point, with the entropy model of what passes between them.
///
/// The encoder reads the cut tensor, [N, C, H, W] or [N, C], and computes the latent, [N, K, h, w]
/// or [N, K]; the decoder reads the dequantised latent and computes a tensor of the cut tensor's
/// shape. A rate level only changes the steps that the latent is quantised with.
package struct BottleneckUnit: Sendable, Equatable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Plane transform and a Karhunen–Loève transform per frequency band.
        case spectral
        /// Strided convolutions, trained.
        case convolutional
        /// The design published for this problem, as the baseline.
        case reference
        /// Brought in as two ONNX files.
        case external
    }

    /// A rate level: one of the anchors between which a step may lie.
    package struct Level: Codable, Sendable, Equatable {
        package var name: String
        /// The quantiser's step of each latent channel, or a single one for all of them, within
        /// `LatentLevel.steps`; coarser levels have larger ones.
        package var steps: [Float]

        package init(name: String, steps: [Float]) {
            self.name = name
            self.steps = steps
        }

        package var latentLevel: LatentLevel { LatentLevel(steps: steps) }
    }

    package var kind: Kind
    /// An ONNX file.
    package var encoder: [UInt8]
    /// An ONNX file.
    package var decoder: [UInt8]
    /// The latent's entropy model.
    package var latentModel: LatentModel
    /// From the coarsest to the finest; all have as many steps.
    package var levels: [Level]

    package init(
        kind: Kind,
        encoder: [UInt8],
        decoder: [UInt8],
        latentModel: LatentModel,
        levels: [Level]
    ) {
        self.kind = kind
        self.encoder = encoder
        self.decoder = decoder
        self.latentModel = latentModel
        self.levels = levels
    }
}
