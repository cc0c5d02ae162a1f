import Testing

@testable import ImageCodecs

@Suite struct JPEGTests {
    @Test(arguments: [PixelImage.Channels.gray, .rgb], [(1, 1), (28, 28), (7, 300), (224, 224)])
    func decodingComesNear(channels: PixelImage.Channels, size: (Int, Int)) throws {
        let image = picture(size.0, size.1, channels)
        let decoded = try JPEG.decode(JPEG.encode(image, quality: 95))
        #expect(decoded.width == image.width)
        #expect(decoded.height == image.height)
        #expect(decoded.channels == image.channels)
        #expect(distance(decoded, image) < 3)
    }

    @Test func qualityTradesBytesForDistance() throws {
        let image = picture(128, 96, .rgb, noise: 30)
        let files = try [1, 10, 30, 50, 75, 90, 100].map { try JPEG.encode(image, quality: $0) }
        let sizes = files.map(\.count)
        let distances = try files.map { distance(try JPEG.decode($0), image) }
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(distances, distances.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func encodingIsAFunction() throws {
        let image = picture(64, 48, .rgb, noise: 9)
        #expect(try JPEG.encode(image, quality: 75) == JPEG.encode(image, quality: 75))
    }

    @Test(arguments: [PixelImage.Channels.gray, .rgb])
    func everyTruncationIsRefused(channels: PixelImage.Channels) throws {
        let file = try JPEG.encode(picture(40, 20, channels, noise: 9), quality: 75)
        for count in file.indices {
            #expect(throws: ImageCodecError.self, "the first \(count) bytes of \(file.count)") {
                try JPEG.decode(Array(file.prefix(count)))
            }
        }
    }

    /// Most of a JPEG file has no redundancy: a change shows as other pixels, or not at all.
    @Test func changedBytesAreRefusedOrGiveAnImage() throws {
        let file = try JPEG.encode(picture(40, 20, .rgb, noise: 9), quality: 75)
        var refused = 0
        for position in file.indices {
            for change: UInt8 in [0x01, 0x24, 0x80, 0xFF] {
                var changed = file
                changed[position] ^= change
                do throws(ImageCodecError) {
                    let image = try JPEG.decode(changed)
                    #expect(
                        image.samples.count == image.width * image.height * image.channels.rawValue
                    )
                } catch {
                    refused += 1
                    #expect(!error.reason.isEmpty)
                }
            }
        }
        #expect(refused > 0)
    }

    @Test(arguments: [0, 1, 2, 33, 1_000])
    func noiseIsRefused(count: Int) {
        let error = #expect(throws: ImageCodecError.self) { try JPEG.decode(noise(count: count)) }
        #expect(error?.format == .jpeg)
        #expect(error?.operation == .decode)
    }

    @Test(arguments: [(8193, 16), (16, 8193), (65_500, 65_500)])
    func hostileSizesAreRefusedFromTheHeader(width: Int, height: Int) throws {
        var file = try JPEG.encode(picture(16, 16, .rgb), quality: 75)
        // The frame header: marker, length, precision, height, width (ISO/IEC 10918-1, B.2.2).
        let marker = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
        file.replaceSubrange(
            (marker + 5)..<(marker + 9),
            with: [height >> 8, height & 0xFF, width >> 8, width & 0xFF].map { UInt8($0) }
        )
        let error = #expect(throws: ImageCodecError.self) { try JPEG.decode(file) }
        #expect(error == .size(.jpeg, width: width, height: height))
    }
}
