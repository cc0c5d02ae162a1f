/// What a curve's unit costs; nil is what is not known or has no meaning.
package struct CurveCost: Equatable, Codable, Sendable {
    /// Multiply-accumulate operations of the encoder, per image.
    package var encoderMultiplyAccumulates: Int?
    /// Numbers in encoder and decoder together.
    package var parameters: Int?
    /// Bytes that the unit takes in a file, tables of all its rate points included.
    package var storageBytes: Int?

    package init(
        encoderMultiplyAccumulates: Int? = nil,
        parameters: Int? = nil,
        storageBytes: Int? = nil
    ) {
        self.encoderMultiplyAccumulates = encoderMultiplyAccumulates
        self.parameters = parameters
        self.storageBytes = storageBytes
    }
}
