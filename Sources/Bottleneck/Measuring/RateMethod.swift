package import ImageCodecs
package import Inference

/// A way to send what the server needs of an image, at several rates.
package protocol RateMethod: Sendable {
    /// What tables call it; unique in an evaluation.
    var name: String { get }
    var kind: CurveKind { get }
    var cost: CurveCost { get }
    /// Where what it restores enters the network.
    var entry: RateEntry { get }
    /// A name for each rate.
    var points: [String] { get }

    /// What one thread needs to use the method.
    ///
    /// - Throws: `BottleneckError` when a graph of it cannot be run.
    func session(_ engine: InferenceEngine) throws(BottleneckError) -> any RateSession
}

/// What a method restores on the server.
package enum RateEntry: Sendable {
    /// The network's input.
    case image
    /// The tensor at the cut.
    case tensor
}

/// A method at work on one image after the other.
package protocol RateSession: AnyObject {
    /// Takes the next image.
    ///
    /// - Parameters:
    ///   - image: As the network sees it.
    ///   - tensor: The tensor at the cut, for one sample.
    /// - Throws: `BottleneckError` when an encoder fails.
    func load(_ image: PixelImage, tensor: [Float]) throws(BottleneckError)

    /// Sends the image at a rate, for real.
    ///
    /// - Parameters:
    ///   - point: Which of the method's rates.
    ///   - restored: Receives what the server's part of the network reads.
    /// - Returns: Length of the payload in bytes, envelope included.
    /// - Throws: `BottleneckError` when a codec fails.
    func transmit(
        point: Int,
        to restored: UnsafeMutableBufferPointer<Float>
    ) throws(BottleneckError) -> Int
}
