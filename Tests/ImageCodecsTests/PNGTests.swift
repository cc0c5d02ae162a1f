import Testing

@testable import ImageCodecs

@Suite struct PNGTests {
    @Test(arguments: [PixelImage.Channels.gray, .rgb], [(1, 1), (28, 28), (7, 300), (224, 224)])
    func decodingGivesBackTheImage(channels: PixelImage.Channels, size: (Int, Int)) throws {
        for noise in [0, 35] {
            let image = picture(size.0, size.1, channels, noise: noise)
            #expect(try PNG.decode(PNG.encode(image)) == image)
        }
    }

    @Test func encodingIsAFunction() throws {
        let image = picture(64, 48, .rgb, noise: 9)
        #expect(try PNG.encode(image) == PNG.encode(image))
    }

    @Test func everyTruncationIsRefused() throws {
        let file = try PNG.encode(picture(20, 10, .gray, noise: 9))
        for count in file.indices {
            #expect(throws: ImageCodecError.self, "the first \(count) bytes") {
                try PNG.decode(Array(file.prefix(count)))
            }
        }
    }

    @Test func everyChangedByteIsRefused() throws {
        let file = try PNG.encode(picture(20, 10, .rgb, noise: 9))
        for position in file.indices {
            var changed = file
            changed[position] ^= 0x24
            #expect(throws: ImageCodecError.self, "byte \(position)") { try PNG.decode(changed) }
        }
    }

    @Test(arguments: [0, 1, 8, 33, 1_000])
    func noiseIsRefused(count: Int) {
        let error = #expect(throws: ImageCodecError.self) { try PNG.decode(noise(count: count)) }
        #expect(error?.format == .png)
        #expect(error?.operation == .decode)
    }

    @Test func alphaAndDeepSamplesAreRefusedByName() {
        let alpha = #expect(throws: ImageCodecError.self) {
            try PNG.decode(headerOnly(width: 4, height: 4, depth: 8, colors: 6))
        }
        #expect(alpha?.reason == "it has an alpha channel")
        let deep = #expect(throws: ImageCodecError.self) {
            try PNG.decode(headerOnly(width: 4, height: 4, depth: 16, colors: 0))
        }
        #expect(deep?.reason == "it has 16 bits a sample")
    }

    @Test(arguments: [
        OtherFile.transparentPalette, OtherFile.transparentGray, OtherFile.transparentRGB,
    ])
    func transparentColoursAreRefusedByName(file: [UInt8]) {
        let error = #expect(throws: ImageCodecError.self) { try PNG.decode(file) }
        #expect(error?.reason == "it has transparent colours (a tRNS chunk)")
    }

    @Test func palettesAreLookedUp() throws {
        let colors: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 8, 7]]
        let image = try PNG.decode(OtherFile.palette)
        #expect(image.channels == .rgb)
        #expect(image.samples == diagonals().flatMap { colors[$0 % 4] })
    }

    @Test(arguments: [
        (OtherFile.gray1, 1), (OtherFile.gray2, 3), (OtherFile.gray4, 15),
    ])
    func fewerBitsASampleAreStretchedTo8(file: [UInt8], largest: Int) throws {
        let image = try PNG.decode(file)
        #expect(image.channels == .gray)
        #expect(image.samples == diagonals().map { UInt8($0 % (largest + 1) * 255 / largest) })
    }

    @Test func interlacedFilesAreDecoded() throws {
        #expect(try PNG.decode(OtherFile.interlaced) == picture(8, 8, .gray))
    }

    @Test func anotherSizeThanExpectedIsRefusedFromTheHeader() throws {
        let image = picture(6, 4, .rgb)
        let file = try PNG.encode(image)
        #expect(try PNG.decode(file, expecting: ImageSize(width: 6, height: 4)) == image)
        let header = headerOnly(width: 6, height: 4, depth: 8, colors: 2)
        let error = #expect(throws: ImageCodecError.self) {
            try PNG.decode(header, expecting: ImageSize(width: 4, height: 6))
        }
        #expect(error?.reason == "it has 6 by 4 pixels, and 4 by 6 pixels are expected")
    }

    @Test(arguments: [(8193, 1), (1, 8193), (1 << 30, 1 << 30)])
    func hostileSizesAreRefusedFromTheHeader(width: Int, height: Int) {
        let error = #expect(throws: ImageCodecError.self) {
            try PNG.decode(headerOnly(width: width, height: height, depth: 8, colors: 2))
        }
        #expect(error?.reason.hasPrefix("it claims \(width) by \(height) pixels") == true)
        #expect(error?.remedy == "give a smaller image")
    }

    /// (column + row) of the pixels of a 5 by 3 image.
    private func diagonals() -> [Int] {
        (0..<3).flatMap { row in (0..<5).map { $0 + row } }
    }

    /// A PNG file that ends after its first chunk (PNG specification, 11.2.2).
    private func headerOnly(width: Int, height: Int, depth: UInt8, colors: UInt8) -> [UInt8] {
        let name: [UInt8] = Array("IHDR".utf8)
        let chunk = name + bigEndian(width) + bigEndian(height) + [depth, colors, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + bigEndian(13) + chunk
            + bigEndian(Int(checksum(chunk)))
    }

    private func bigEndian(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// CRC-32 bit by bit (PNG specification, annex D).
    private func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { value, byte in
            (0..<8).reduce(value ^ UInt32(byte)) { value, _ in
                (value >> 1) ^ (value & 1 == 1 ? 0xEDB8_8320 : 0)
            }
        }
    }
}
