package import Coding

/// Turns a unit's latent into a payload and back, at a level or for a number of bytes.
///
/// For a number of bytes the payload begins with the place between the anchored levels in two bytes,
/// little-endian, counted in `LatentLevel.placesPerAnchor` from the finest; the latent's payload at
/// that level follows. Its checksum covers the level, so that a changed place is noticed.
package struct UnitCodec: Sendable {
    package enum Rate: Sendable, Equatable {
        /// A level, counted from the coarsest, 0; between two of them when it is no whole number.
        case level(Double)
        /// The finest steps whose payload has at most so many bytes, else the coarsest level.
        case bytes(Int)
    }

    private static let placeBytes = 2

    private let model: LatentModel
    /// From the finest to the coarsest, as `LatentLevel.init(between:place:)` wants them.
    private let anchors: [LatentLevel]
    private let rate: Rate
    /// Nil when the level is chosen for each latent.
    private let codec: LatentCodec?

    /// - Precondition: The level is one of the unit's, or lies between two of them.
    package init(_ unit: BottleneckUnit, rate: Rate) {
        let last = Double(unit.levels.count - 1)
        model = unit.latentModel
        anchors = unit.levels.reversed().map(\.latentLevel)
        self.rate = rate
        switch rate {
        case .bytes: codec = nil
        case .level(let level):
            precondition((0...last).contains(level), "a level lies within those of the unit")
            let place = ((last - level) * Double(LatentLevel.placesPerAnchor)).rounded()
            codec = LatentCodec(
                model: model,
                level: LatentLevel(between: anchors, place: Int(place))
            )
        }
    }

    /// Replaces `payload` by the payload of a latent, channel-major.
    package func encode(
        _ latent: UnsafeBufferPointer<Float>,
        into payload: inout [UInt8],
        scratch: inout LatentScratch
    ) {
        if let codec { return codec.encode(latent, into: &payload, scratch: &scratch) }
        guard case .bytes(let bytes) = rate else { preconditionFailure("a level has a codec") }
        let place = LatentCodec.place(
            forTargetBytes: bytes - Self.placeBytes,
            latent: Array(latent),
            model: model,
            anchors: anchors
        )
        self.codec(at: place).encode(latent, into: &payload, scratch: &scratch)
        let prefix = [UInt8(place & 0xFF), UInt8(place >> 8)]
        payload.insert(contentsOf: prefix, at: 0)
    }

    /// Writes the dequantised latent of a payload to `latent`, which has room for `count` numbers.
    ///
    /// - Throws: `CodingError` if this codec did not produce the payload.
    package func decode(
        _ payload: [UInt8],
        into latent: UnsafeMutableBufferPointer<Float>,
        scratch: inout LatentScratch
    ) throws(CodingError) {
        if let codec { return try codec.decode(payload, into: latent, scratch: &scratch) }
        guard payload.count >= Self.placeBytes else {
            throw .payloadTooShort(bytes: payload.count)
        }
        let place = Int(payload[0]) | Int(payload[1]) << 8
        guard place <= (anchors.count - 1) * LatentLevel.placesPerAnchor else {
            throw .malformedBody("it states step \(place), which the unit does not have")
        }
        try codec(at: place).decode(
            Array(payload.dropFirst(Self.placeBytes)),
            into: latent,
            scratch: &scratch
        )
    }

    private func codec(at place: Int) -> LatentCodec {
        LatentCodec(model: model, level: LatentLevel(between: anchors, place: place))
    }
}
