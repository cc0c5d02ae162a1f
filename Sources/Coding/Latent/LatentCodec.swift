/// Turns a latent into a payload and back at one rate level, as both ends agreed beforehand.
///
/// Quantisation (`values(of:)`, or an encoder of the caller's own) is apart from entropy coding
/// (`encode(values:)`). The payload carries nothing of model and level but a checksum
/// that covers their `fingerprint`. BITSTREAM.md, "Latent".
package struct LatentCodec: Sendable {
    package let model: LatentModel
    package let level: LatentLevel

    /// FNV-1a hash of the descriptions of model and level.
    package let fingerprint: UInt64

    /// How many coefficients a latent has.
    package var count: Int { model.channels * model.positions }

    /// - Precondition: The level has one step, or one for each of the model's channels.
    package init(model: LatentModel, level: LatentLevel) {
        precondition(
            level.steps.count == 1 || level.steps.count == model.channels,
            "a level has one step, or one for each channel"
        )
        self.model = model
        self.level = level
        self.fingerprint = Fingerprint.of(model.encodedDescription + level.encodedDescription)
    }

    /// Calls `visit` with the channel and position of every coefficient, in coding order.
    @inline(__always)
    func forEachCoefficient(_ visit: (_ channel: Int, _ position: Int) -> Void) {
        switch model.order.nesting {
        case .positionsOuter:
            for position in model.order.positions {
                for channel in model.order.channels { visit(channel, position) }
            }
        case .channelsOuter:
            for channel in model.order.channels {
                for position in model.order.positions { visit(channel, position) }
            }
        }
    }
}
