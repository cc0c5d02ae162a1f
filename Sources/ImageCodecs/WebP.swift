import CWebP

/// Lossy WebP by libwebp.
package enum WebP {
    /// Encodes an image at the library's usual effort.
    ///
    /// The format has no gray: a gray image is stored with empty chroma, which costs a few bytes.
    ///
    /// - Parameters:
    ///   - image: What to encode.
    ///   - quality: From 1 to 100, on the library's scale, which is not JPEG's.
    /// - Returns: A WebP file.
    /// - Throws: `ImageCodecError` when memory runs out.
    package static func encode(
        _ image: PixelImage,
        quality: Int
    ) throws(ImageCodecError) -> [UInt8] {
        precondition(
            (1...100).contains(quality),
            "a WebP quality of \(quality); it is from 1 to 100"
        )
        // The caller owns this memory.
        var file: UnsafeMutablePointer<UInt8>?
        let count = WebPEncodeRGB(
            image.converted(to: .rgb).samples,
            Int32(image.width),
            Int32(image.height),
            Int32(3 * image.width),
            Float(quality),
            &file
        )
        defer { WebPFree(file) }
        guard count > 0 else {
            throw ImageCodecError(operation: .encode, format: .webp, reason: "out of memory")
        }
        return [UInt8](UnsafeBufferPointer(start: file, count: count))
    }

    /// Decodes a WebP file to RGB, which is all that the format has.
    ///
    /// - Parameters:
    ///   - bytes: A whole file.
    ///   - size: The only size that will do; nil for any.
    /// - Returns: The image.
    /// - Throws: `ImageCodecError` when the file is damaged in any way the decoder notices, has an
    ///   alpha channel, which would be lost, is an animation, is larger than `PixelImage.sideLimit`, or
    ///   has another size than expected, which its header tells.
    package static func decode(
        _ bytes: [UInt8],
        expecting size: ImageSize? = nil
    ) throws(ImageCodecError) -> PixelImage {
        var features = WebPBitstreamFeatures()
        guard WebPGetFeatures(bytes, bytes.count, &features) == VP8_STATUS_OK else {
            throw error("its header is damaged")
        }
        // The library passes over what follows the size in the header (WebP container, RIFF header).
        let claimed = 8 + bytes.dropFirst(4).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard bytes.starts(with: Array("RIFF".utf8)), claimed == bytes.count else {
            throw error("its \(bytes.count) bytes are not a whole file")
        }
        let (width, height) = (Int(features.width), Int(features.height))
        try ImageSize(width: width, height: height).check(.webp, expecting: size)
        if features.has_alpha != 0 { throw error("it has an alpha channel") }
        if features.has_animation != 0 { throw error("it is an animation") }
        let capacity = 3 * width * height
        var done = false
        let samples = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let start = buffer.baseAddress
            done = WebPDecodeRGBInto(bytes, bytes.count, start, capacity, Int32(3 * width)) != nil
            count = done ? capacity : 0
        }
        guard done else { throw error("its data are damaged") }
        return PixelImage(width: width, height: height, channels: .rgb, samples: samples)
    }

    private static func error(_ reason: String) -> ImageCodecError {
        ImageCodecError(operation: .decode, format: .webp, reason: reason)
    }
}
