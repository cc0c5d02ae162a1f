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
        let file = try file(claiming: (width, height))
        let error = #expect(throws: ImageCodecError.self) { try JPEG.decode(file) }
        #expect(error?.reason.hasPrefix("it claims \(width) by \(height) pixels") == true)
        #expect(error?.remedy == "give a smaller image")
    }

    @Test func anotherSizeThanExpectedIsRefusedFromTheHeader() throws {
        let size = ImageSize(width: 16, height: 16)
        let honest = try JPEG.encode(picture(16, 16, .rgb), quality: 75)
        #expect(try JPEG.decode(honest, expecting: size) == JPEG.decode(honest))
        let file = try file(claiming: (17, 8000))
        let error = #expect(throws: ImageCodecError.self) {
            try JPEG.decode(file, expecting: size)
        }
        #expect(error?.reason == "it has 17 by 8000 pixels, and 16 by 16 pixels are expected")
    }

    @Test func progressiveFilesAreDecoded() throws {
        let image = picture(8, 8, .gray)
        #expect(OtherFile.progressive.contains([0xFF, 0xC2]))
        let decoded = try JPEG.decode(OtherFile.progressive)
        #expect(decoded.channels == .gray)
        #expect(distance(decoded, image) < 3)
    }

    @Test func coloursForPrintAreRefusedByName() {
        let error = #expect(throws: ImageCodecError.self) { try JPEG.decode(OtherFile.cmyk) }
        #expect(error?.reason == "its colours are for print (CMYK)")
    }

    /// Chroma at a quarter of the width and half of the height.
    @Test func uncommonResolutionsOfChromaAreRefusedWithAdvice() throws {
        var file = try JPEG.encode(picture(32, 16, .rgb), quality: 75)
        file[try frameHeader(file) + 11] = 0x42
        let error = #expect(throws: ImageCodecError.self) { try JPEG.decode(file) }
        #expect(error?.reason == "its chroma has an uncommon resolution")
        #expect(error?.remedy.contains("4:2:0 or 4:4:4") == true)
    }

    /// Where the frame header begins: marker, length, precision, height, width, number of components, and of
    /// each its name, sampling factors and quantiser (ISO/IEC 10918-1, B.2.2).
    private func frameHeader(_ file: [UInt8]) throws -> Int {
        try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
    }

    /// A file of 16 by 16 pixels whose header says otherwise.
    private func file(claiming size: (width: Int, height: Int)) throws -> [UInt8] {
        var file = try JPEG.encode(picture(16, 16, .rgb), quality: 75)
        let start = try frameHeader(file) + 5
        let sides = [size.height >> 8, size.height & 0xFF, size.width >> 8, size.width & 0xFF]
        file.replaceSubrange(start..<start + 4, with: sides.map { UInt8($0) })
        return file
    }
}
