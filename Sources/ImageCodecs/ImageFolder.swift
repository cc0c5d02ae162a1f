import FoundationEssentials

/// The JPEG and PNG files in a folder and the folders below it.
package struct ImageFolder: Equatable, Sendable {
    /// More files than ImageNet's training set has.
    private static let mostFiles = 4_000_000
    private static let endings = [".jpg", ".jpeg", ".png"]

    /// Of the folder.
    package let path: String
    /// Paths from the folder, ascending byte by byte: the same order on every machine.
    package let files: [String]

    /// Lists a folder: files whose names end in `.jpg`, `.jpeg` or `.png` in any case, and do not
    /// begin with a dot, nor does a folder on the way.
    ///
    /// - Throws: `ImageFileError` when the folder cannot be listed or holds no such file.
    package init(path: String) throws(ImageFileError) {
        guard let paths = Self.paths(below: path) else {
            throw ImageFileError(
                file: path,
                problem: "it is not a folder that can be listed",
                remedy: "name a folder of JPEG or PNG files, and check its permissions"
            )
        }
        self.path = path
        files = paths.filter(Self.isImage).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if files.isEmpty {
            throw ImageFileError(
                file: path,
                problem: "no file in it ends in .jpg, .jpeg or .png",
                remedy: "name a folder of JPEG or PNG files"
            )
        }
        if files.count > Self.mostFiles {
            throw ImageFileError(
                file: path,
                problem: "it holds \(files.count) images, and at most \(Self.mostFiles) are read",
                remedy: "name a folder below it"
            )
        }
    }

    /// Where a file of the list is.
    package func path(of index: Int) -> String { "\(path)/\(files[index])" }

    /// Decodes a file of the list.
    ///
    /// - Throws: As `ImageFile.decode`.
    package func image(_ index: Int) throws(ImageFileError) -> PixelImage {
        try ImageFile.decode(path: path(of: index))
    }

    /// Nil when there is no folder, or it cannot be listed.
    private static func paths(below path: String) -> [String]? {
        // Listing a file gives no error.
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            return nil
        }
        do {
            return try FileManager.default.subpathsOfDirectory(atPath: path)
        } catch {
            return nil
        }
    }

    private static func isImage(_ path: String) -> Bool {
        let isHidden = path.hasPrefix(".") || path.contains("/.")
        return !isHidden && endings.contains { path.lowercased().hasSuffix($0) }
    }
}
