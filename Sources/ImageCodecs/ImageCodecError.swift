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
    /// How to put it right.
    package let remedy: String

    /// Makes an error; without a remedy, with what mostly helps.
    init(operation: Operation, format: Format, reason: String, remedy: String? = nil) {
        self.operation = operation
        self.format = format
        self.reason = reason
        self.remedy =
            switch operation {
            case .encode: remedy ?? "this is not the image's fault; check the free memory"
            case .decode: remedy ?? "give a complete 8-bit gray or RGB file"
            }
    }
}

extension ImageCodecError: CustomStringConvertible {
    package var description: String {
        "cannot \(operation.rawValue) a \(format.rawValue): \(reason); \(remedy)"
    }
}
