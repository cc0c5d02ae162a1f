package import ImageCodecs
package import Inference

/// The input image itself, sent as JPEG or WebP.
package struct ImageCodecMethod: RateMethod {
    package enum Format: Sendable {
        case jpeg
        case webp
    }

    /// From strong to weak compression.
    private static let qualities = [2, 5, 10, 20, 30, 50, 70, 85, 95]

    private let format: Format
    private let input: ImageInput

    package var name: String { format == .jpeg ? "JPEG of the input" : "WebP of the input" }
    package var kind: CurveKind { format == .jpeg ? .jpeg : .webp }
    package var cost: CurveCost { CurveCost() }
    package var entry: RateEntry { .image }
    package var points: [String] { Self.qualities.map { "q \($0)" } }

    package init(_ format: Format, input: ImageInput) {
        self.format = format
        self.input = input
    }

    package func session(_ engine: InferenceEngine) throws(BottleneckError) -> any RateSession {
        Session(format: format, input: input)
    }

    private final class Session: RateSession {
        private let format: Format
        private let input: ImageInput
        private var image: PixelImage?

        init(format: Format, input: ImageInput) { (self.format, self.input) = (format, input) }

        func load(_ image: PixelImage, tensor: [Float]) throws(BottleneckError) {
            self.image = image
        }

        func transmit(
            point: Int,
            to restored: UnsafeMutableBufferPointer<Float>
        ) throws(BottleneckError) -> Int {
            guard let image else { preconditionFailure("an image has been loaded") }
            let quality = qualities[point]
            do throws(ImageCodecError) {
                switch format {
                case .jpeg:
                    let payload = try JPEG.encode(image, quality: quality)
                    input.write(try JPEG.decode(payload).samples, to: restored)
                    return payload.count
                case .webp:
                    let payload = try WebP.encode(image, quality: quality)
                    input.write(input.converted(try WebP.decode(payload)).samples, to: restored)
                    return payload.count
                }
            } catch {
                throw BottleneckError(
                    "an image",
                    "\(error)",
                    remedy: "leave it out, or use images of another size"
                )
            }
        }
    }
}
