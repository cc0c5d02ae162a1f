import ImageCodecs
import Testing

@testable import Bottleneck

@Suite struct DesignImagesTests {
    private static let input = ImageInput(
        height: 8,
        width: 6,
        channels: 3,
        mean: 100,
        scale: 50,
        resizing: .crop
    )

    /// Images whose pixels tell them apart.
    private func images(_ count: Int) -> ImageSet {
        ImageSet(
            title: "ramps",
            names: (0..<count).map { "ramp \($0)" },
            labels: Array(0..<count)
        ) { index in
            PixelImage(
                width: 40,
                height: 30,
                channels: .gray,
                samples: (0..<1200).map { UInt8(($0 % 40 * 5 + $0 / 40 + index * 7) % 256) }
            )
        }
    }

    @Test func `three in ten are held out in fixed places`() {
        let parts = HoldOut(300, of: 1000)
        #expect(parts.evaluation == (0..<1000).filter { [2, 5, 8].contains($0 % 10) })
    }

    @Test(arguments: [(0, 5), (5, 5), (1, 1), (3, 7), (300, 700), (999, 1000)])
    func `every image is held out or designed on`(heldOut: Int, count: Int) {
        let parts = HoldOut(heldOut, of: count)
        #expect(parts.evaluation.count == heldOut)
        #expect((parts.evaluation + parts.design).sorted() == Array(0..<count))
    }

    @Test func `a subset of a subset has the right images`() throws {
        let set = images(10).subset([8, 3, 5]).subset([2, 0])
        #expect(set.names == ["ramp 5", "ramp 8"])
        #expect(set.labels == [5, 8])
        #expect(try set.image(1) == images(10).image(8))
    }

    @Test func `images are found in another set by its title and their names`() {
        let set = images(10).subset([8, 3, 5])
        #expect(set.count(in: images(8)) == 2)
        #expect(set.count(in: images(10).subset([2, 4])) == 0)
        let other = ImageSet(title: "others", names: set.names, labels: nil) { _ in
            PixelImage(width: 1, height: 1, channels: .gray, samples: [0])
        }
        #expect(set.count(in: other) == 0)
    }

    @Test func `the first view is the one of evaluation`() throws {
        let set = images(3)
        let samples = ImageViews(set, input: Self.input, views: 4, seed: 2).samples
        #expect(samples.count == 12)
        #expect(samples.views == 4)
        #expect(samples.size == 144)
        for image in 0..<3 {
            let view = try set.view(image, Self.input)
            let expected = view.samples.enumerated().map { index, pixel in
                (index % 3 * 48 + index / 3, (Float(pixel) - 100) / 50)
            }
            let sample = try sample(samples, image * 4)
            for (place, value) in expected { #expect(sample[place] == value) }
        }
    }

    @Test func `views are drawn from the seed`() throws {
        let set = images(2)
        func views(_ seed: UInt64) throws -> [[Float]] {
            let samples = ImageViews(set, input: Self.input, views: 4, seed: seed).samples
            return try (0..<8).map { try sample(samples, $0) }
        }
        let first = try views(1)
        #expect(try views(1) == first)
        let other = try views(2)
        #expect(other[0] == first[0])
        #expect(zip(first, other).count { $0 != $1 } == 6)
        #expect(Set(first).count == 8)
    }

    @Test func `an image of another size is refused unless it is resized`() throws {
        var input = Self.input
        input.resizing = .none
        let error = #expect(throws: BottleneckError.self) { try images(2).view(1, input) }
        #expect(error?.description.contains("'ramp 1': it is 30x40, the input 8x6") == true)
    }

    private func sample(_ samples: DesignSamples, _ index: Int) throws -> [Float] {
        var values = [Float](repeating: 0, count: samples.size)
        try values.withUnsafeMutableBufferPointer { buffer throws(BottleneckError) in
            try samples.write(index, to: buffer)
        }
        return values
    }
}
