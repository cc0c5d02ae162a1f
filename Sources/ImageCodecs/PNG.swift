import CSPNG

#if canImport(Glibc)
import Glibc
#endif

/// PNG by libspng.
package enum PNG {
    /// Encodes an image without loss, at the library's usual effort.
    ///
    /// - Parameter image: What to encode.
    /// - Returns: A PNG file.
    /// - Throws: `ImageCodecError` when memory runs out.
    package static func encode(_ image: PixelImage) throws(ImageCodecError) -> [UInt8] {
        let context = try Context(.encode, spng_ctx_new(Int32(SPNG_CTX_ENCODER.rawValue)))
        var header = spng_ihdr()
        header.width = UInt32(image.width)
        header.height = UInt32(image.height)
        header.bit_depth = 8
        header.color_type = image.channels == .gray ? grayscale : truecolor
        try context.check(spng_set_option(context.pointer, SPNG_ENCODE_TO_BUFFER, 1))
        try context.check(spng_set_ihdr(context.pointer, &header))
        let status = image.samples.withUnsafeBytes { samples in
            spng_encode_image(
                context.pointer,
                samples.baseAddress,
                samples.count,
                Int32(SPNG_FMT_PNG.rawValue),
                Int32(SPNG_ENCODE_FINALIZE.rawValue)
            )
        }
        try context.check(status)
        var (count, failure) = (0, Int32())
        // The caller owns this memory.
        let buffer = spng_get_png_buffer(context.pointer, &count, &failure)
        defer { free(buffer) }
        try context.check(failure)
        return [UInt8](UnsafeRawBufferPointer(start: buffer, count: count))
    }

    /// Decodes a PNG file to gray if it is gray, else to RGB; palettes are looked up.
    ///
    /// - Parameters:
    ///   - bytes: A whole file.
    ///   - size: The only size that will do; nil for any.
    /// - Returns: The image.
    /// - Throws: `ImageCodecError` when the file is damaged, has transparency or 16-bit samples, which
    ///   would be lost, is larger than `PixelImage.sideLimit`, or has another size than expected, which
    ///   its header tells.
    package static func decode(
        _ bytes: [UInt8],
        expecting size: ImageSize? = nil
    ) throws(ImageCodecError) -> PixelImage {
        let context = try Context(.decode, spng_ctx_new(0))
        let (header, samples) = try bytes.withUnsafeBufferPointer { file throws(ImageCodecError) in
            try context.check(spng_set_png_buffer(context.pointer, file.baseAddress, file.count))
            let header = try readHeader(context, expecting: size)
            let samples = try readSamples(context, header)
            // The chunks after the image, so that damage there does not pass.
            try context.check(spng_decode_chunks(context.pointer))
            guard bytes.suffix(end.count).elementsEqual(end) else {
                throw context.error("it does not end where its last chunk does")
            }
            return (header, samples)
        }
        return PixelImage(
            width: Int(header.width),
            height: Int(header.height),
            channels: channels(header),
            samples: samples
        )
    }

    /// The last chunk of every file; the library does not look at its checksum.
    private static let end: [UInt8] = [0, 0, 0, 0] + Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]

    private static let grayscale = UInt8(SPNG_COLOR_TYPE_GRAYSCALE.rawValue)
    private static let truecolor = UInt8(SPNG_COLOR_TYPE_TRUECOLOR.rawValue)
    private static let indexed = UInt8(SPNG_COLOR_TYPE_INDEXED.rawValue)

    private static func channels(_ header: spng_ihdr) -> PixelImage.Channels {
        header.color_type == grayscale ? .gray : .rgb
    }

    private static func readHeader(
        _ context: borrowing Context,
        expecting size: ImageSize?
    ) throws(ImageCodecError) -> spng_ihdr {
        // The most that text and profiles in a file may take, in bytes; the image is not among them.
        let chunkLimit = 1 << 20
        try context.check(spng_set_chunk_limits(context.pointer, chunkLimit, chunkLimit))
        var header = spng_ihdr()
        try context.check(spng_get_ihdr(context.pointer, &header))
        try ImageSize(width: Int(header.width), height: Int(header.height))
            .check(.png, expecting: size)
        guard header.bit_depth <= 8 else {
            throw context.error("it has \(header.bit_depth) bits a sample")
        }
        guard [grayscale, truecolor, indexed].contains(header.color_type) else {
            throw context.error("it has an alpha channel")
        }
        // One colour, or some of a palette's, may be transparent without an alpha channel.
        var transparency = spng_trns()
        let status = spng_get_trns(context.pointer, &transparency)
        guard status == Int32(SPNG_ECHUNKAVAIL.rawValue) else {
            try context.check(status)
            throw context.error("it has transparent colours (a tRNS chunk)")
        }
        return header
    }

    private static func readSamples(
        _ context: borrowing Context,
        _ header: spng_ihdr
    ) throws(ImageCodecError) -> [UInt8] {
        let format = channels(header) == .gray ? SPNG_FMT_G8 : SPNG_FMT_RGB8
        let count = Int(header.width) * Int(header.height) * channels(header).rawValue
        var status = Int32()
        let pointer = context.pointer
        let samples = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            status = spng_decode_image(
                pointer,
                buffer.baseAddress,
                count,
                Int32(format.rawValue),
                0
            )
            filled = status == 0 ? count : 0
        }
        try context.check(status)
        return samples
    }
}

extension PNG {
    /// An encoder or decoder of the library.
    private struct Context: ~Copyable {
        let pointer: OpaquePointer
        let operation: ImageCodecError.Operation

        init(
            _ operation: ImageCodecError.Operation,
            _ pointer: OpaquePointer?
        ) throws(ImageCodecError) {
            guard let pointer else {
                throw ImageCodecError(operation: operation, format: .png, reason: "out of memory")
            }
            self.pointer = pointer
            self.operation = operation
        }

        deinit {
            spng_ctx_free(pointer)
        }

        borrowing func check(_ status: Int32) throws(ImageCodecError) {
            guard status == 0 else { throw error(String(cString: spng_strerror(status))) }
        }

        borrowing func error(_ reason: String) -> ImageCodecError {
            ImageCodecError(operation: operation, format: .png, reason: reason)
        }
    }
}
