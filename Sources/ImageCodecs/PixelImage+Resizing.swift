import CImageResize

extension PixelImage {
    /// A rectangle of the image at another size, by bicubic interpolation (Catmull–Rom).
    ///
    /// It averages over as many pixels as become one. Samples are taken as they are, without undoing
    /// gamma, as networks' training does; beyond the image's edge its outermost pixels go on.
    ///
    /// - Parameters:
    ///   - crop: What to show, inside the image.
    ///   - flip: Whether to mirror it, left to right.
    ///   - width: Of the view, in pixels.
    ///   - height: Of the view, in pixels.
    /// - Returns: An image of that size, with the same channels.
    package func view(
        of crop: ImageCrop,
        flip: Bool = false,
        width: Int,
        height: Int
    ) -> PixelImage {
        precondition(
            crop.left >= 0 && crop.top >= 0
                && crop.left + crop.width <= Double(self.width) + 1e-6
                && crop.top + crop.height <= Double(self.height) + 1e-6,
            "\(crop) does not lie in \(self.width) by \(self.height) pixels"
        )
        precondition(
            Self.isAllowed(width: width, height: height),
            "a view of \(width) by \(height)"
        )
        var view =
            isWhole(crop) && width == self.width && height == self.height
            ? samples : resampled(crop, width, height)
        if flip { Self.mirror(&view, width: width, channels: channels) }
        return PixelImage(width: width, height: height, channels: channels, samples: view)
    }

    /// The image at an input's size; nil when `resizing` is `none` and it has another size.
    package func resized(_ resizing: ImageResizing, width: Int, height: Int) -> PixelImage? {
        switch resizing {
        case .none: width == self.width && height == self.height ? self : nil
        case .squash: view(of: ImageCrop(whole: self), width: width, height: height)
        case .crop:
            view(
                of: ImageCrop(centerOf: self, forWidth: width, height: height),
                width: width,
                height: height
            )
        }
    }

    /// The image with these channels: gray becomes RGB by repetition, RGB becomes gray by the luma
    /// weights of ITU-R BT.601, as JPEG has them.
    package func converted(to channels: Channels) -> PixelImage {
        guard channels != self.channels else { return self }
        let converted: [UInt8]
        switch channels {
        case .rgb: converted = samples.flatMap { [$0, $0, $0] }
        case .gray:
            converted = (0..<width * height).map { pixel in
                let (red, green) = (Int(samples[3 * pixel]), Int(samples[3 * pixel + 1]))
                return UInt8(
                    (299 * red + 587 * green + 114 * Int(samples[3 * pixel + 2]) + 500) / 1000
                )
            }
        }
        return PixelImage(width: width, height: height, channels: channels, samples: converted)
    }

    private func isWhole(_ crop: ImageCrop) -> Bool { crop == ImageCrop(whole: self) }

    private func resampled(_ crop: ImageCrop, _ width: Int, _ height: Int) -> [UInt8] {
        let count = width * height * channels.rawValue
        var done = false
        let resampled = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let (x, y) = (1 / Double(self.width), 1 / Double(self.height))
            done =
                stbir_resize_region(
                    samples,
                    Int32(self.width),
                    Int32(self.height),
                    0,
                    buffer.baseAddress,
                    Int32(width),
                    Int32(height),
                    0,
                    STBIR_TYPE_UINT8,
                    Int32(channels.rawValue),
                    STBIR_ALPHA_CHANNEL_NONE,
                    0,
                    STBIR_EDGE_CLAMP,
                    STBIR_EDGE_CLAMP,
                    STBIR_FILTER_CATMULLROM,
                    STBIR_FILTER_CATMULLROM,
                    STBIR_COLORSPACE_LINEAR,
                    nil,
                    Float(crop.left * x),
                    Float(crop.top * y),
                    min(Float((crop.left + crop.width) * x), 1),
                    min(Float((crop.top + crop.height) * y), 1)
                ) == 1
            filled = done ? count : 0
        }
        // The library refuses nothing else that the preconditions let through.
        precondition(done, "no memory to resize an image to \(width) by \(height) pixels")
        return resampled
    }

    private static func mirror(_ samples: inout [UInt8], width: Int, channels: Channels) {
        let size = channels.rawValue
        for row in stride(from: 0, to: samples.count, by: width * size) {
            for column in 0..<width / 2 {
                let (one, other) = (row + column * size, row + (width - 1 - column) * size)
                for channel in 0..<size { samples.swapAt(one + channel, other + channel) }
            }
        }
    }
}
