import TestSupport

@testable import ImageCodecs

/// A smooth picture with a few edges, as photographs have; `noise` adds up to that much to a sample.
func picture(
    _ width: Int,
    _ height: Int,
    _ channels: PixelImage.Channels,
    noise: Int = 0
) -> PixelImage {
    var generator = SeededGenerator(seed: 7)
    var samples: [UInt8] = []
    for row in 0..<height {
        for column in 0..<width {
            for channel in 0..<channels.rawValue {
                let smooth = 30 + 80 * row / height + 50 * column / width + 10 * channel
                let edge = (row / 16 + column / 16).isMultiple(of: 2) ? 0 : 20
                let rough = Int.random(in: 0...noise, using: &generator)
                samples.append(UInt8(smooth + edge + rough))
            }
        }
    }
    return PixelImage(width: width, height: height, channels: channels, samples: samples)
}

/// The root of the mean squared difference of two images' samples.
func distance(_ one: PixelImage, _ other: PixelImage) -> Double {
    let squares = zip(one.samples, other.samples).map { pair in
        let difference = Double(pair.0) - Double(pair.1)
        return difference * difference
    }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
}

/// Bytes that look like nothing.
func noise(count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: 3)
    return (0..<count).map { _ in UInt8(generator.next() >> 56) }
}
