import CTurboJPEG

/// JPEG by libjpeg-turbo: it writes baseline files, and reads progressive ones as well.
package enum JPEG {
    /// Encodes an image; RGB is stored as YCbCr with chroma at half resolution both ways (4:2:0), as
    /// most software does.
    ///
    /// - Parameters:
    ///   - image: What to encode.
    ///   - quality: From 1 to 100, on the scale of the Independent JPEG Group.
    /// - Returns: A JPEG file.
    /// - Throws: `ImageCodecError` when memory runs out.
    package static func encode(
        _ image: PixelImage,
        quality: Int
    ) throws(ImageCodecError) -> [UInt8] {
        precondition(
            (1...100).contains(quality),
            "a JPEG quality of \(quality); it is from 1 to 100"
        )
        let handle = try Handle(.encode, tjInitCompress())
        let gray = image.channels == .gray
        let subsampling = Int32((gray ? TJSAMP_GRAY : TJSAMP_420).rawValue)
        let capacity = Int(tjBufSize(Int32(image.width), Int32(image.height), subsampling))
        var done = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var start = buffer.baseAddress
            var size = UInt(capacity)
            done =
                tjCompress2(
                    handle.pointer,
                    image.samples,
                    Int32(image.width),
                    0,
                    Int32(image.height),
                    pixelFormat(image.channels),
                    &start,
                    &size,
                    subsampling,
                    Int32(quality),
                    TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT
                ) == 0
            count = done ? Int(size) : 0
        }
        guard done else { throw handle.error() }
        return bytes
    }

    /// Decodes a JPEG file to gray if it is gray, else to RGB.
    ///
    /// - Parameters:
    ///   - bytes: A whole file.
    ///   - size: The only size that will do; nil for any.
    /// - Returns: The image.
    /// - Throws: `ImageCodecError` when the file is damaged in any way the decoder notices, is neither
    ///   gray nor in colours that become RGB, has its chroma at an uncommon resolution, is larger than
    ///   `PixelImage.sideLimit`, or has another size than expected, which its header tells.
    package static func decode(
        _ bytes: [UInt8],
        expecting size: ImageSize? = nil
    ) throws(ImageCodecError) -> PixelImage {
        let handle = try Handle(.decode, tjInitDecompress())
        var (width, height, subsampling, colors) = (Int32(), Int32(), Int32(), Int32())
        let header = tjDecompressHeader3(
            handle.pointer,
            bytes,
            UInt(bytes.count),
            &width,
            &height,
            &subsampling,
            &colors
        )
        // What the library says of a file whose header it could read otherwise.
        if subsampling < 0, width > 0 {
            throw handle.error(
                "its chroma has an uncommon resolution",
                remedy: "save it again with the chroma subsampling 4:2:0 or 4:4:4"
            )
        }
        guard header == 0 else { throw handle.error() }
        try ImageSize(width: Int(width), height: Int(height)).check(.jpeg, expecting: size)
        let channels: PixelImage.Channels
        switch TJCS(rawValue: UInt32(bitPattern: colors)) {
        case TJCS_GRAY: channels = .gray
        case TJCS_RGB, TJCS_YCbCr: channels = .rgb
        default: throw handle.error("its colours are for print (CMYK)")
        }
        let capacity = Int(width) * Int(height) * channels.rawValue
        var done = false
        let samples = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            // Missing data is a warning to the library, which makes it up; a bomb has many scans.
            let flags = TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
            done =
                tjDecompress2(
                    handle.pointer,
                    bytes,
                    UInt(bytes.count),
                    buffer.baseAddress,
                    width,
                    0,
                    height,
                    pixelFormat(channels),
                    flags
                ) == 0
            count = done ? capacity : 0
        }
        guard done else { throw handle.error() }
        return PixelImage(
            width: Int(width),
            height: Int(height),
            channels: channels,
            samples: samples
        )
    }

    private static func pixelFormat(_ channels: PixelImage.Channels) -> Int32 {
        switch channels {
        case .gray: Int32(TJPF_GRAY.rawValue)
        case .rgb: Int32(TJPF_RGB.rawValue)
        }
    }
}

extension JPEG {
    /// A compressor or decompressor of the library.
    private struct Handle: ~Copyable {
        let pointer: tjhandle
        let operation: ImageCodecError.Operation

        init(_ operation: ImageCodecError.Operation, _ pointer: tjhandle?) throws(ImageCodecError) {
            guard let pointer else {
                throw ImageCodecError(operation: operation, format: .jpeg, reason: "out of memory")
            }
            self.pointer = pointer
            self.operation = operation
        }

        deinit {
            tjDestroy(pointer)
        }

        func error(_ reason: String? = nil, remedy: String? = nil) -> ImageCodecError {
            let reason =
                reason ?? tjGetErrorStr2(pointer).map { String(cString: $0) } ?? "no reason"
            return ImageCodecError(
                operation: operation,
                format: .jpeg,
                reason: reason,
                remedy: remedy
            )
        }
    }
}
