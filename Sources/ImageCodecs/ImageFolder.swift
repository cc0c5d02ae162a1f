/// The JPEG and PNG files in a folder and the folders below it.
package struct ImageFolder: Equatable, Sendable {
    /// Of the folder.
    package let path: String
    /// Paths from the folder, ascending byte by byte: the same order on every machine.
    package let files: [String]

    /// Lists a folder: regular files whose names end in `.jpg`, `.jpeg` or `.png` in any case, and do
    /// not begin with a dot, nor does a folder on the way.
    ///
    /// Links are followed, but not back to a folder on the way.
    ///
    /// - Throws: `ImageFileError` when a folder cannot be listed, a link leads nowhere, a name is not
    ///   UTF-8, or there is no image, or more than 4,000,000.
    package init(path: String) throws(ImageFileError) {
        self.path = path
        files = try ImageWalk(root: path).files
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if files.isEmpty {
            throw ImageFileError(
                file: path,
                problem: "no file in it ends in .jpg, .jpeg or .png",
                remedy: "name a folder of JPEG or PNG files"
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
}
