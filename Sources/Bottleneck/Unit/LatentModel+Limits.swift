import Coding

extension LatentModel {
    /// Whether a latent of this shape can be coded: [K, h, w] or [K] within the limits.
    static func hasRoom(for shape: [Int]) -> Bool {
        guard [1, 3].contains(shape.count) else { return false }
        let positions = shape.dropFirst().reduce(1, *)
        return shape[0] <= channelLimit && positions <= positionLimit
            && shape[0] * positions <= coefficientLimit
    }

    /// Checks that a latent can be coded, before a unit is designed.
    ///
    /// - Parameters:
    ///   - shape: Of the unit's latent for one sample: [K, h, w] or [K].
    ///   - tensor: At the cut, for the message.
    /// - Throws: `BottleneckError` when the latent is beyond the limits.
    static func requireRoom(for shape: [Int], at tensor: String) throws(BottleneckError) {
        guard !hasRoom(for: shape) else { return }
        throw BottleneckError(
            "tensor '\(tensor)'",
            "its unit's latent \(shape) is too large: at most \(channelLimit) channels of "
                + "\(positionLimit) positions can be coded, \(coefficientLimit) numbers in all",
            remedy: "choose another split point, or another stride"
        )
    }
}
