/// Why an image could not be coded.
package struct ImageCodecError: Error, Equatable {
    /// The format of a file.
    package enum Format: String, Sendable {
        case jpeg = "JPEG"
        case png = "PNG"
        case webp = "WebP"
    }

    /// What was being done.
    package enum Operation: String, Sendable {
        case encode
        case decode
    }

    /// What failed.
    package let operation: Operation
    /// The format it was about.
    package let format: Format
    /// What was wrong, in words; the library's own where it gave any.
    package let reason: String

    static func size(_ format: Format, width: Int, height: Int) -> Self {
        let limit = PixelImage.sideLimit
        return Self(
            operation: .decode,
            format: format,
            reason: "it claims \(width) by \(height) pixels; a side may have 1 to \(limit)"
        )
    }
}

extension ImageCodecError: CustomStringConvertible {
    package var description: String {
        let advice =
            switch operation {
            case .encode: "this is not the image's fault; check the free memory"
            case .decode: "give a complete 8-bit gray or RGB file"
            }
        return "cannot \(operation.rawValue) a \(format.rawValue): \(reason); \(advice)"
    }
}
