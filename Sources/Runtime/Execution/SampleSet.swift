package import Scenario

/// Samples of a data set in memory: pixels of 0…255, and classes.
package struct SampleSet: Sendable {
    package let count: Int
    /// Height × width × channels bytes a sample.
    package let sampleBytes: Int
    /// Sample after sample.
    package let pixels: [UInt8]
    package let labels: [Int32]

    /// - Throws: `IDXError`.
    package init(_ dataset: NetworkWorkload.Dataset) throws {
        let range = dataset.first..<dataset.first + dataset.count
        let images = try IDXFile(path: dataset.images)
        count = dataset.count
        sampleBytes = images.itemBytes
        pixels = try images.read(range)
        labels = try IDXFile(path: dataset.labels).read(range).map { Int32($0) }
    }

    /// One sample's pixels.
    package subscript(index: Int) -> ArraySlice<UInt8> {
        pixels[index * sampleBytes..<(index + 1) * sampleBytes]
    }
}
