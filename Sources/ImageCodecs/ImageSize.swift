/// The width and height of an image, in pixels.
package struct ImageSize: Equatable, Sendable {
    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
    }

    /// Checks what a file's header claims, before the image gets memory.
    ///
    /// - Parameters:
    ///   - format: Of the file.
    ///   - expected: The only size that will do; nil for every size that an image may have.
    /// - Throws: `ImageCodecError` when the image is larger than `PixelImage.sideLimit`, or has another
    ///   size than expected.
    func check(
        _ format: ImageCodecError.Format,
        expecting expected: ImageSize?
    ) throws(ImageCodecError) {
        guard PixelImage.isAllowed(width: width, height: height) else {
            throw ImageCodecError(
                operation: .decode,
                format: format,
                reason: "it claims \(self); a side may have 1 to \(PixelImage.sideLimit)",
                remedy: "give a smaller image"
            )
        }
        guard let expected, self != expected else { return }
        throw ImageCodecError(
            operation: .decode,
            format: format,
            reason: "it has \(self), and \(expected) are expected",
            remedy: "send it at that size"
        )
    }
}

extension ImageSize: CustomStringConvertible {
    package var description: String { "\(width) by \(height) pixels" }
}
