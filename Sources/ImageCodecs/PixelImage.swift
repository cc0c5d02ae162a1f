/// An image of 8-bit samples, row by row from the top, without padding; RGB is interleaved.
package struct PixelImage: Equatable, Sendable {
    /// What a pixel holds; the raw value is its number of bytes.
    package enum Channels: Int, Sendable {
        case gray = 1
        case rgb = 3
    }

    /// The largest width and height that the codecs take, so that a hostile header cannot ask for more.
    package static let sideLimit = 8192

    /// In pixels.
    package let width: Int
    /// In pixels.
    package let height: Int
    /// What a pixel holds.
    package let channels: Channels
    /// `width * height * channels.rawValue` samples.
    package let samples: [UInt8]

    /// Makes an image of these samples.
    ///
    /// Both sides must be from 1 to `sideLimit`, and the samples as many as they make.
    package init(width: Int, height: Int, channels: Channels, samples: [UInt8]) {
        precondition(
            Self.isAllowed(width: width, height: height),
            "an image of \(width) by \(height) pixels; a side is from 1 to \(Self.sideLimit)"
        )
        precondition(
            samples.count == width * height * channels.rawValue,
            "\(samples.count) samples for \(width) by \(height) pixels of \(channels.rawValue)"
        )
        self.width = width
        self.height = height
        self.channels = channels
        self.samples = samples
    }

    static func isAllowed(width: Int, height: Int) -> Bool {
        (1...sideLimit).contains(width) && (1...sideLimit).contains(height)
    }
}
