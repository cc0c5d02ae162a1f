import Testing

@testable import ImageCodecs

@Suite struct WebPTests {
    @Test(arguments: [PixelImage.Channels.gray, .rgb], [(1, 1), (28, 28), (7, 300), (224, 224)])
    func decodingComesNear(channels: PixelImage.Channels, size: (Int, Int)) throws {
        let image = picture(size.0, size.1, channels)
        let decoded = try WebP.decode(WebP.encode(image, quality: 95))
        #expect(decoded.width == image.width)
        #expect(decoded.height == image.height)
        #expect(decoded.channels == .rgb)
        #expect(distance(decoded.converted(to: channels), image) < 3)
    }

    @Test func qualityTradesBytesForDistance() throws {
        let image = picture(128, 96, .rgb, noise: 30)
        let files = try [1, 30, 50, 75, 90, 100].map { try WebP.encode(image, quality: $0) }
        let sizes = files.map(\.count)
        let distances = try files.map { distance(try WebP.decode($0), image) }
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(distances, distances.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test func encodingIsAFunction() throws {
        let image = picture(64, 48, .rgb, noise: 9)
        #expect(try WebP.encode(image, quality: 75) == WebP.encode(image, quality: 75))
    }

    @Test func truncationsAndAppendedBytesAreRefused() throws {
        let file = try WebP.encode(picture(40, 20, .rgb, noise: 9), quality: 75)
        for count in file.indices {
            #expect(throws: ImageCodecError.self, "the first \(count) bytes of \(file.count)") {
                try WebP.decode(Array(file.prefix(count)))
            }
        }
        #expect(throws: ImageCodecError.self) { try WebP.decode(file + [0, 0]) }
    }

    /// The format has no checksums: a change shows as other pixels, or not at all.
    @Test func changedBytesAreRefusedOrGiveAnImage() throws {
        let file = try WebP.encode(picture(40, 20, .rgb, noise: 9), quality: 75)
        var refused = 0
        for position in file.indices {
            for change: UInt8 in [0x01, 0x24, 0x80, 0xFF] {
                var changed = file
                changed[position] ^= change
                do throws(ImageCodecError) {
                    let image = try WebP.decode(changed)
                    #expect(image.samples.count == image.width * image.height * 3)
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
        let error = #expect(throws: ImageCodecError.self) { try WebP.decode(noise(count: count)) }
        #expect(error?.format == .webp)
        #expect(error?.operation == .decode)
    }

    @Test func alphaAndAnimationsAreRefusedByName() {
        let alpha = #expect(throws: ImageCodecError.self) { try WebP.decode(OtherFile.alphaWebP) }
        #expect(alpha?.reason == "it has an alpha channel")
        let animation = #expect(throws: ImageCodecError.self) {
            try WebP.decode(OtherFile.animatedWebP)
        }
        #expect(animation?.reason == "it is an animation")
    }

    @Test func hostileSizesAreRefusedFromTheHeader() throws {
        let file = try file(claiming: (16_383, 16_383))
        let error = #expect(throws: ImageCodecError.self) { try WebP.decode(file) }
        #expect(error?.reason.hasPrefix("it claims 16383 by 16383 pixels") == true)
        #expect(error?.remedy == "give a smaller image")
    }

    @Test func anotherSizeThanExpectedIsRefusedFromTheHeader() throws {
        let size = ImageSize(width: 16, height: 16)
        let honest = try WebP.encode(picture(16, 16, .rgb), quality: 75)
        #expect(try WebP.decode(honest, expecting: size) == WebP.decode(honest))
        let file = try file(claiming: (17, 8000))
        let error = #expect(throws: ImageCodecError.self) {
            try WebP.decode(file, expecting: size)
        }
        #expect(error?.reason == "it has 17 by 8000 pixels, and 16 by 16 pixels are expected")
    }

    /// A file of 16 by 16 pixels whose header says otherwise.
    private func file(claiming size: (width: Int, height: Int)) throws -> [UInt8] {
        var file = try WebP.encode(picture(16, 16, .rgb), quality: 75)
        // Two 14-bit sides after the start code (RFC 6386, 9.1).
        let code = try #require(file.indices.first { file[$0...].starts(with: [0x9D, 1, 0x2A]) })
        let sides = [size.width & 0xFF, size.width >> 8, size.height & 0xFF, size.height >> 8]
        file.replaceSubrange((code + 3)..<(code + 7), with: sides.map { UInt8($0) })
        return file
    }
}
