/// How an image of any size becomes a network's input.
package enum ImageResizing: String, CaseIterable, Codable, Sendable {
    /// It must have the input's size already.
    case none
    /// Both sides are scaled to the input's, whatever that does to the proportions.
    case squash
    /// It is scaled until the input covers 0.875 of its shorter side, and cropped to the centre.
    case crop
}
