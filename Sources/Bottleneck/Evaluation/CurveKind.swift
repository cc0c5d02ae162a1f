/// What a curve's bytes carry; the plot picks its colour and marker by it.
package enum CurveKind: String, CaseIterable, Codable, Sendable {
    /// The spectral unit.
    case ours
    /// The trained convolutional unit.
    case convolutional
    /// The published design, rebuilt.
    case reference
    /// A plain Karhunen–Loève transform of the cut tensor.
    case klt
    /// The cut tensor, quantised uniformly.
    case quantised
    /// The input image as JPEG.
    case jpeg
    /// The input image as WebP.
    case webp
    /// Figures that others published, of another network and on other images.
    case published
}
