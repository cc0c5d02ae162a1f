import Foundation
package import ImageCodecs
import SimulationCore

/// Several views of each image: as it is evaluated, and random crops, mirrored or not, as networks are
/// trained with.
///
/// Crops have 0.35 to 1 of the image's area and proportions from 3:4 to 4:3, a milder form of the
/// augmentation in Szegedy et al., "Going deeper with convolutions" (2015).
package struct ImageViews: Sendable {
    private static let areas = 0.35...1.0
    private static let proportions = 3.0 / 4...4.0 / 3
    /// Crops are drawn until one fits into the image.
    private static let attempts = 10

    let images: ImageSet
    let input: ImageInput
    let views: Int
    let seed: UInt64

    /// - Parameters:
    ///   - images: At least one.
    ///   - input: What the network reads.
    ///   - views: Of each image; the first is the one of evaluation.
    ///   - seed: Of the crops.
    package init(_ images: ImageSet, input: ImageInput, views: Int, seed: UInt64) {
        precondition(views > 0, "an image has a view")
        (self.images, self.input, self.views, self.seed) = (images, input, views, seed)
    }

    /// All views of an image, one after the other, then those of the next.
    package var samples: DesignSamples {
        DesignSamples(
            count: images.count * views,
            size: input.count,
            views: views
        ) { index, buffer throws(BottleneckError) in
            let (image, view) = index.quotientAndRemainder(dividingBy: views)
            input.write(try self.view(view, ofImage: image).samples, to: buffer)
        }
    }

    private func view(_ view: Int, ofImage index: Int) throws(BottleneckError) -> PixelImage {
        guard view > 0 else { return try images.view(index, input) }
        let image = try images.image(index)
        var draw = RandomDraw(
            seed: seed,
            purpose: .view,
            entity: UInt32(index),
            request: UInt32(view)
        )
        let crop = Self.crop(of: image, &draw)
        return input.view(of: image, crop: crop, flip: draw.chance(0.5))
    }

    /// The whole image if none of some random crops fits.
    private static func crop(of image: PixelImage, _ draw: inout RandomDraw) -> ImageCrop {
        let (width, height) = (Double(image.width), Double(image.height))
        let logarithms = (log(proportions.lowerBound), log(proportions.upperBound))
        for _ in 0..<attempts {
            let area = areas.lowerBound + (areas.upperBound - areas.lowerBound) * draw.unit()
            let share = draw.unit()
            let proportion = exp(logarithms.0 * (1 - share) + logarithms.1 * share)
            let crop = (
                width: (area * width * height * proportion).squareRoot(),
                height: (area * width * height / proportion).squareRoot()
            )
            guard crop.width <= width, crop.height <= height else { continue }
            return ImageCrop(
                left: draw.unit() * (width - crop.width),
                top: draw.unit() * (height - crop.height),
                width: crop.width,
                height: crop.height
            )
        }
        return ImageCrop(whole: image)
    }
}
