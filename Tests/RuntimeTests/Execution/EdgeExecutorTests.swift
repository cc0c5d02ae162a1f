import Cluster
import ImageCodecs
import Inference
import Scenario
import TestSupport
import Testing

@testable import Runtime

/// Images from the network, for the shipped network of 28 by 28 gray pixels.
@Suite struct EdgeExecutorTests {
    private let edge: EdgeExecutor

    init() throws {
        let workload = NetworkWorkload(
            onnx: PackageFolder.path + "/Scenarios/models/fashion-resnet.onnx",
            input: ImageInput(height: 28, width: 28, channels: 1, mean: 73, scale: 90),
            dataset: .init(files: .folder(images: "", labels: nil), first: 0, count: 0)
        )
        let points = [
            OperatingPoint(name: "png", kind: .png), OperatingPoint(name: "raw", kind: .raw),
            OperatingPoint(name: "jpeg", kind: .jpeg(quality: 75)),
            OperatingPoint(name: "webp", kind: .webp(quality: 75)),
        ]
        edge = try EdgeExecutor(
            NetworkPlan(workload: workload, points: points),
            engine: InferenceEngine(),
            points: Array(points.indices),
            batchSizes: [1]
        )
    }

    private func refusal(_ point: Int, _ payload: [UInt8]) throws -> String {
        let item = EdgeExecutor.Item(operatingPoint: point, payload: payload)
        let result = try #require(try edge.run([item]).results.first)
        guard case .failure(let error) = result else { return "" }
        return "\(error)"
    }

    private func image(_ side: Int, _ channels: PixelImage.Channels) -> PixelImage {
        PixelImage(
            width: side,
            height: side,
            channels: channels,
            samples: [UInt8](repeating: 90, count: side * side * channels.rawValue)
        )
    }

    @Test func `images of the input's size and channels are taken`() throws {
        #expect(try refusal(0, PNG.encode(image(28, .gray))).isEmpty)
        #expect(try refusal(2, JPEG.encode(image(28, .gray), quality: 75)).isEmpty)
        #expect(try refusal(3, WebP.encode(image(28, .gray), quality: 75)).isEmpty)
    }

    @Test func `an image of another size is refused by its codec`() throws {
        let other = image(30, .gray)
        let reason = "it has 30 by 30 pixels, and 28 by 28 pixels are expected"
        #expect(try refusal(0, PNG.encode(other)).contains(reason))
        #expect(try refusal(2, JPEG.encode(other, quality: 75)).contains(reason))
        #expect(try refusal(3, WebP.encode(other, quality: 75)).contains(reason))
    }

    @Test func `a refusal says once that the payload was refused, and why`() throws {
        let channels = "the payload was refused: the image has 3 channels, not 1"
        #expect(try refusal(0, PNG.encode(image(28, .rgb))) == channels)
        #expect(try refusal(1, [1, 2]) == "the payload was refused: it has 2 bytes, not 784")
    }
}
