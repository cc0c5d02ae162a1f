/// How an image becomes a network's input, [C, H, W]: (pixel − mean) / scale, pixels 0…255.
package struct ImageInput: Codable, Equatable, Sendable {
    package var height: Int
    package var width: Int
    /// 1 for gray, 3 for RGB.
    package var channels: Int
    package var mean: Double
    package var scale: Double
    /// Of images that have another size.
    package var resizing: ImageResizing

    package init(
        height: Int,
        width: Int,
        channels: Int,
        mean: Double,
        scale: Double,
        resizing: ImageResizing = .none
    ) {
        self.height = height
        self.width = width
        self.channels = channels
        self.mean = mean
        self.scale = scale
        self.resizing = resizing
    }

    /// How many numbers the input has, and bytes an image of its size.
    package var count: Int { channels * height * width }

    /// The image at the input's size, with its channels; nil when it has another size and is not to
    /// be resized.
    package func view(of image: PixelImage) -> PixelImage? {
        image.resized(resizing, width: width, height: height).map(converted)
    }

    /// A rectangle of the image at the input's size, with its channels.
    package func view(of image: PixelImage, crop: ImageCrop, flip: Bool) -> PixelImage {
        converted(image.view(of: crop, flip: flip, width: width, height: height))
    }

    /// The image with the input's channels.
    package func converted(_ image: PixelImage) -> PixelImage {
        image.converted(to: channels == 1 ? .gray : .rgb)
    }

    /// Writes pixels, row by row with channels interleaved, as the network reads them.
    ///
    /// - Parameters:
    ///   - pixels: `count` of them.
    ///   - input: Has room for as many numbers.
    package func write(
        _ pixels: some Collection<UInt8>,
        to input: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(pixels.count == count && input.count == count, "pixels fill the input")
        // Unspecialised, a generic loop over an image takes longer than some networks.
        guard pixels.withContiguousStorageIfAvailable({ write($0, to: input) }) == nil else {
            return
        }
        Array(pixels).withUnsafeBufferPointer { write($0, to: input) }
    }

    private func write(
        _ pixels: UnsafeBufferPointer<UInt8>,
        to input: UnsafeMutableBufferPointer<Float>
    ) {
        let (mean, scale) = (Float(mean), Float(scale))
        let plane = height * width
        for channel in 0..<channels {
            for position in 0..<plane {
                let pixel = pixels[position * channels + channel]
                input[channel * plane + position] = (Float(pixel) - mean) / scale
            }
        }
    }
}
