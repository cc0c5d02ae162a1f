import Testing

@testable import ImageCodecs

@Suite struct PixelImageResizingTests {
    @Test(arguments: [PixelImage.Channels.gray, .rgb], [(13, 9), (224, 224), (1, 1), (300, 40)])
    func aFlatImageStaysFlat(channels: PixelImage.Channels, size: (Int, Int)) {
        let count = 50 * 31 * channels.rawValue
        let flat = PixelImage(
            width: 50,
            height: 31,
            channels: channels,
            samples: [UInt8](repeating: 117, count: count)
        )
        for resizing in [ImageResizing.squash, .crop] {
            let view = flat.resized(resizing, width: size.0, height: size.1)
            #expect(view?.width == size.0)
            #expect(view?.height == size.1)
            #expect(view?.samples.allSatisfy { $0 == 117 } == true)
        }
    }

    @Test func aViewOfTheWholeAtItsSizeIsTheImage() {
        let image = picture(40, 24, .rgb, noise: 20)
        #expect(image.view(of: ImageCrop(whole: image), width: 40, height: 24) == image)
        #expect(image.resized(.none, width: 40, height: 24) == image)
        #expect(image.resized(.none, width: 24, height: 40) == nil)
    }

    @Test func aViewOfWholePixelsIsThosePixels() {
        let image = picture(40, 24, .rgb, noise: 20)
        let crop = ImageCrop(left: 7, top: 5, width: 16, height: 12)
        let view = image.view(of: crop, width: 16, height: 12)
        for row in 0..<12 {
            let start = ((row + 5) * 40 + 7) * 3
            let rowOfView = view.samples[row * 48..<(row + 1) * 48]
            #expect(rowOfView.elementsEqual(image.samples[start..<start + 48]))
        }
    }

    /// Catmull–Rom interpolation keeps straight lines straight (Keys 1981), also when it averages.
    @Test(arguments: [(100, 25), (100, 40), (60, 120)])
    func aRampStaysARamp(from: Int, to: Int) {
        let ramp = PixelImage(
            width: from,
            height: 1,
            channels: .gray,
            samples: (0..<from).map { UInt8(10 + 2 * $0) }
        )
        let view = ramp.view(of: ImageCrop(whole: ramp), width: to, height: 1)
        let scale = Double(from) / Double(to)
        for index in to / 8..<to - to / 8 {
            let expected = 10 + 2 * ((Double(index) + 0.5) * scale - 0.5)
            #expect(abs(Double(view.samples[index]) - expected) <= 1)
        }
    }

    @Test func flippingTwiceIsNothing() {
        let image = picture(41, 24, .rgb, noise: 20)
        let whole = ImageCrop(whole: image)
        let once = image.view(of: whole, flip: true, width: 41, height: 24)
        #expect(once.samples.prefix(3).elementsEqual(image.samples[40 * 3..<41 * 3]))
        #expect(once != image)
        #expect(once.view(of: whole, flip: true, width: 41, height: 24) == image)
    }

    /// The two steps that the crop stands for, on sides that the rounding touches.
    @Test(arguments: [(500, 375), (375, 500), (256, 256), (501, 333), (120, 90)])
    func croppingKeepsTheCentreOfTheResizedImage(width: Int, height: Int) {
        let image = picture(width, height, .rgb)
        let short = Double(min(width, height))
        let resizedWidth = Int((Double(width) * 256 / short).rounded())
        let resizedHeight = Int((Double(height) * 256 / short).rounded())
        let resized = image.view(
            of: ImageCrop(whole: image),
            width: resizedWidth,
            height: resizedHeight
        )
        let expected = resized.view(
            of: ImageCrop(
                left: Double((resizedWidth - 224) / 2),
                top: Double((resizedHeight - 224) / 2),
                width: 224,
                height: 224
            ),
            width: 224,
            height: 224
        )
        let view = image.resized(.crop, width: 224, height: 224)
        #expect(distance(view ?? image, expected) < 0.5)
    }

    @Test func grayBecomesRGBAndComesBack() {
        let image = picture(20, 10, .gray, noise: 50)
        let colored = image.converted(to: .rgb)
        #expect(colored.channels == .rgb)
        #expect(colored.samples.prefix(3).elementsEqual(repeatElement(image.samples[0], count: 3)))
        #expect(colored.converted(to: .gray) == image)
        #expect(image.converted(to: .gray) == image)
    }
}
