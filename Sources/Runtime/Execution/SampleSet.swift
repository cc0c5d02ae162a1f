import Bottleneck
import FoundationEssentials
import Hashing
package import ImageCodecs
package import Scenario
import SimulationCore
import Synchronization

/// Samples of a data set: pixels of 0…255 at the input's size, and classes.
///
/// IDX pixels are in memory; images in a folder are decoded when they are asked for, and the latest
/// ones are kept.
package final class SampleSet: Sendable {
    private enum Source: Sendable {
        /// Sample after sample.
        case pixels([UInt8])
        /// From the file of this number on.
        case folder(ImageFolder, first: Int)
    }

    package let count: Int
    /// Height × width × channels bytes a sample.
    package let sampleBytes: Int
    /// Classes; nil when the data set has none.
    package let labels: [Int32]?
    private let source: Source
    private let input: ImageInput
    private let recent: Mutex<RecentPixels>

    /// Reads IDX files, or lists a folder and reads its labels.
    ///
    /// - Throws: `InvalidInput`, which names the file.
    package init(
        _ dataset: NetworkWorkload.Dataset,
        input: ImageInput
    ) throws(InvalidInput) {
        let range = dataset.first..<dataset.first + dataset.count
        self.input = input
        count = dataset.count
        sampleBytes = input.count
        recent = Mutex(RecentPixels(sampleBytes: sampleBytes))
        do {
            switch dataset.files {
            case .idx(let images, let labels):
                source = .pixels(try IDXFile(path: images).read(range))
                self.labels = try IDXFile(path: labels).read(range).map { Int32($0) }
            case .folder(let images, let labels):
                let folder = try ImageFolder(path: images)
                guard range.upperBound <= folder.files.count else {
                    throw InvalidInput("\(images): images were removed; start the run again")
                }
                source = .folder(folder, first: dataset.first)
                self.labels = try labels.map { path in
                    try folder.labels(path: path)[range].map { Int32(clamping: $0) }
                }
            }
        } catch let error as InvalidInput {
            throw error
        } catch {
            throw InvalidInput("\(error)")
        }
    }

    /// One sample's pixels, row by row, channels interleaved.
    ///
    /// - Throws: `InvalidInput`, which names the file, when an image is damaged, or has another size
    ///   than the input and is not to be resized.
    package func pixels(_ index: Int) throws(InvalidInput) -> ArraySlice<UInt8> {
        switch source {
        case .pixels(let pixels):
            return pixels[index * sampleBytes..<(index + 1) * sampleBytes]
        case .folder(let folder, let first):
            if let known = recent.withLock({ $0[index] }) { return known[...] }
            let pixels = try decode(folder, first + index)
            recent.withLock { $0.keep(index, pixels) }
            return pixels[...]
        }
    }

    /// How many samples have to be decoded from files, and are at hand from then on.
    package var decodable: Int {
        switch source {
        case .pixels: 0
        case .folder: min(count, recent.withLock { $0.capacity })
        }
    }

    /// Checks that every label is a class.
    ///
    /// - Throws: `InvalidInput`, which names the first that is none.
    package func check(classes: Int) throws(InvalidInput) {
        guard let labels, let wrong = labels.firstIndex(where: { $0 >= classes }) else { return }
        let name =
            switch source {
            case .pixels: "sample \(wrong)"
            case .folder(let folder, let first): "the image “\(folder.files[first + wrong])”"
            }
        throw InvalidInput(
            "dataset: the label of \(name) is class \(labels[wrong]), and the network has \(classes) "
                + "classes, counted from 0; give the labels of the network's own classes"
        )
    }

    /// Decodes every image once.
    ///
    /// - Throws: `InvalidInput` for the first that cannot be used.
    package func check() throws(InvalidInput) {
        for index in 0..<count { _ = try pixels(index) }
    }

    /// SHA-256 of what the samples are made from, in hexadecimal: pixels and labels, or the files as
    /// they are and how they are resized.
    ///
    /// - Throws: `InvalidInput` when a file cannot be read.
    func digest() throws(InvalidInput) -> String {
        var hash = SHA256()
        switch source {
        case .pixels(let pixels): hash.update(data: pixels)
        case .folder(let folder, let first):
            hash.update(data: Array(input.resizing.rawValue.utf8))
            for index in first..<first + count {
                let path = folder.path(of: index)
                guard let bytes = FileManager.default.contents(atPath: path) else {
                    throw InvalidInput("\(path): it cannot be read; check its permissions")
                }
                hash.update(data: SHA256.hash(data: bytes))
            }
        }
        hash.update(data: (labels ?? []).map { UInt8(truncatingIfNeeded: $0) })
        return hash.finalize().hexadecimal
    }

    private func decode(_ folder: ImageFolder, _ index: Int) throws(InvalidInput) -> [UInt8] {
        let image: PixelImage
        do {
            image = try folder.image(index)
        } catch {
            throw InvalidInput("\(error)")
        }
        guard let view = input.view(of: image) else {
            throw InvalidInput(
                "\(folder.path(of: index)): the image is \(image.height)x\(image.width), the model's "
                    + "input is \(input.height)x\(input.width); write \"resize\": \"crop\" in model.input"
            )
        }
        return view.samples
    }
}
