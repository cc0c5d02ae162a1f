/// A rectangle of an image, in pixels from its top left corner; edges may lie inside pixels.
package struct ImageCrop: Equatable, Sendable {
    package let left: Double
    package let top: Double
    package let width: Double
    package let height: Double

    /// The rectangle must not be empty.
    package init(left: Double, top: Double, width: Double, height: Double) {
        precondition(width > 0 && height > 0, "a crop of \(width) by \(height) pixels")
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
    }

    /// The whole of an image.
    package init(whole image: PixelImage) {
        self.init(left: 0, top: 0, width: Double(image.width), height: Double(image.height))
    }

    /// The part of a view's sides that the customary evaluation of ImageNet keeps: 224 of 256 pixels.
    private static let kept = 0.875

    /// The centre of an image that evaluation on ImageNet customarily looks at.
    ///
    /// It is what stays when the image is resized so that a view of this size covers 0.875 of it along
    /// the tighter side, and is then cropped to the view's size: for 224 by 224, a shorter side of 256
    /// pixels. Sizes and offsets are whole pixels there, so that the view comes out the same as in two
    /// steps, without resizing what is cut off.
    package init(centerOf image: PixelImage, forWidth width: Int, height: Int) {
        let factor = max(
            (Double(width) / Self.kept).rounded() / Double(image.width),
            (Double(height) / Self.kept).rounded() / Double(image.height)
        )
        let resizedWidth = (Double(image.width) * factor).rounded()
        let resizedHeight = (Double(image.height) * factor).rounded()
        let (x, y) = (Double(image.width) / resizedWidth, Double(image.height) / resizedHeight)
        self.init(
            left: ((resizedWidth - Double(width)) / 2).rounded(.down) * x,
            top: ((resizedHeight - Double(height)) / 2).rounded(.down) * y,
            width: Double(width) * x,
            height: Double(height) * y
        )
    }
}
