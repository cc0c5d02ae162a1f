package import ImageCodecs

/// Images that units are designed and evaluated on, in a fixed order.
package struct ImageSet: Sendable {
    /// What they are called, in words or as a path.
    package let title: String
    /// One for each image.
    package let names: [String]
    /// A class for each image; nil when nobody knows them.
    package let labels: [Int]?
    private let decode: @Sendable (Int) throws(BottleneckError) -> PixelImage
    /// What `decode` calls the images.
    private let numbers: [Int]

    package var count: Int { names.count }

    /// - Parameters:
    ///   - title: What the images are called.
    ///   - names: One for each; at least one.
    ///   - labels: As many classes, or nil.
    ///   - decode: Gives an image by its place in `names`; called on several threads.
    package init(
        title: String,
        names: [String],
        labels: [Int]?,
        decode: @escaping @Sendable (Int) throws(BottleneckError) -> PixelImage
    ) {
        precondition(!names.isEmpty && labels.map { $0.count == names.count } ?? true)
        (self.title, self.names, self.labels, self.decode) = (title, names, labels, decode)
        numbers = Array(names.indices)
    }

    /// The JPEG and PNG files of a folder.
    ///
    /// - Parameters:
    ///   - path: Of the folder.
    ///   - labels: Path of a table of their classes, as `ImageFolder.labels(path:)` reads it.
    /// - Throws: `BottleneckError` when folder or table cannot be used.
    package init(folder path: String, labels: String?) throws(BottleneckError) {
        do throws(ImageFileError) {
            let folder = try ImageFolder(path: path)
            let classes: [Int]?
            if let labels { classes = try folder.labels(path: labels) } else { classes = nil }
            self.init(
                title: path.split(separator: "/").last.map(String.init) ?? path,
                names: folder.files,
                labels: classes
            ) { index throws(BottleneckError) in
                do throws(ImageFileError) {
                    return try folder.image(index)
                } catch {
                    throw BottleneckError(error)
                }
            }
        } catch {
            throw BottleneckError(error)
        }
    }

    /// Some of the images, in the order of `indices`.
    package func subset(_ indices: [Int]) -> ImageSet {
        ImageSet(self, indices)
    }

    /// How many of the images are in another set of the same title, too, by their names.
    package func count(in other: ImageSet) -> Int {
        guard title == other.title else { return 0 }
        let others = Set(other.names)
        return names.count { others.contains($0) }
    }

    private init(_ set: ImageSet, _ indices: [Int]) {
        precondition(!indices.isEmpty, "a set has images")
        title = set.title
        names = indices.map { set.names[$0] }
        labels = set.labels.map { labels in indices.map { labels[$0] } }
        decode = set.decode
        numbers = indices.map { set.numbers[$0] }
    }

    /// An image as it is stored.
    ///
    /// - Throws: `BottleneckError` when it cannot be read.
    package func image(_ index: Int) throws(BottleneckError) -> PixelImage {
        try decode(numbers[index])
    }

    /// An image as the network is to see it, at the input's size.
    ///
    /// - Throws: `BottleneckError` when it cannot be read, or has the wrong size.
    package func view(_ index: Int, _ input: ImageInput) throws(BottleneckError) -> PixelImage {
        let image = try image(index)
        guard let view = input.view(of: image) else {
            throw BottleneckError(
                "image '\(names[index])'",
                "it is \(image.height)x\(image.width), the input \(input.height)x\(input.width)",
                remedy: "have images resized: --resize crop"
            )
        }
        return view
    }
}

extension BottleneckError {
    fileprivate init(_ error: ImageFileError) {
        self.init(error.file, error.problem, remedy: error.remedy)
    }
}
