import Foundation
import ImageCodecs
import Scenario
import Testing

@testable import Runtime

@Suite final class SampleSetTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "SampleSetTests-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, size) in [(20, 10), (16, 16), (9, 30)].enumerated() {
            try write("\(index).png", PNG.encode(image(size.0, size.1, index == 1 ? .gray : .rgb)))
        }
        try write("labels.csv", Array("file,class_index\n0.png,4\n1.png,2\n2.png,7\n".utf8))
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            Issue.record(error)
        }
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    private func image(_ width: Int, _ height: Int, _ channels: PixelImage.Channels) -> PixelImage {
        let count = width * height * channels.rawValue
        return PixelImage(
            width: width,
            height: height,
            channels: channels,
            samples: (0..<count).map { UInt8(($0 * 37 + $0 / 11) % 251) }
        )
    }

    private func samples(
        _ resizing: ImageResizing,
        channels: Int = 3,
        first: Int = 0,
        count: Int = 3,
        labels: String? = nil
    ) throws -> SampleSet {
        try SampleSet(
            .init(files: .folder(images: folder.path, labels: labels), first: first, count: count),
            input: .init(
                height: 8,
                width: 6,
                channels: channels,
                mean: 0,
                scale: 1,
                resizing: resizing
            )
        )
    }

    @Test(arguments: [ImageResizing.squash, .crop], [PixelImage.Channels.gray, .rgb])
    func `pixels are the resized image's, however often`(
        resizing: ImageResizing,
        channels: PixelImage.Channels
    ) throws {
        let samples = try samples(resizing, channels: channels.rawValue)
        for index in [2, 0, 1, 0, 2] {
            let image = try ImageFile.decode(path: folder.path + "/\(index).png")
            let resized = try #require(image.resized(resizing, width: 6, height: 8))
            #expect(try Array(samples.pixels(index)) == resized.converted(to: channels).samples)
        }
        #expect(samples.sampleBytes == 48 * channels.rawValue)
    }

    @Test func `a run of samples begins at its first`() throws {
        let table = folder.path + "/labels.csv"
        let all = try samples(.squash, labels: table)
        let last = try samples(.squash, first: 1, count: 2, labels: table)
        #expect(all.labels == [4, 2, 7])
        #expect(last.labels == [2, 7])
        #expect(try last.pixels(1) == all.pixels(2))
        #expect(try samples(.squash).labels == nil)
    }

    @Test func `labels are classes of the network`() throws {
        let samples = try samples(.squash, labels: folder.path + "/labels.csv")
        try samples.check(classes: 8)
        let error = #expect(throws: InvalidInput.self) { try samples.check(classes: 7) }
        #expect(error?.description.contains("“2.png” is class 7") == true)
    }

    @Test func `an image that cannot be used is named`() throws {
        try write("1.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0])
        let damaged = try samples(.crop)
        _ = try damaged.pixels(0)
        let error = #expect(throws: InvalidInput.self) { try damaged.check() }
        #expect(error?.description.contains(folder.path + "/1.png") == true)
        let other = #expect(throws: InvalidInput.self) { try samples(.none).pixels(0) }
        #expect(other?.description.contains("0.png: the image is 10x20") == true)
    }

    @Test func `the digest tells files and resizing apart, not names`() throws {
        let digest = try samples(.squash).digest()
        #expect(try samples(.squash).digest() == digest)
        #expect(try samples(.crop).digest() != digest)
        #expect(try samples(.squash, count: 2).digest() != digest)
        try FileManager.default.moveItem(
            at: folder.appending(path: "2.png"),
            to: folder.appending(path: "3.png")
        )
        #expect(try samples(.squash).digest() == digest)
        try write("3.png", PNG.encode(image(9, 31, .rgb)))
        #expect(try samples(.squash).digest() != digest)
    }

    @Test func `the latest samples are kept, and no more`() {
        var recent = RecentPixels(sampleBytes: 400 << 20)
        #expect(recent.capacity == 2)
        for sample in [5, 3, 5, 9] { recent.keep(sample, [UInt8(sample)]) }
        #expect(recent[5] == nil)
        #expect(recent[3] == [3])
        #expect(recent[9] == [9])
    }
}
