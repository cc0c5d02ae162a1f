/// A JPEG or PNG file, told apart by its first bytes: data sets hold PNG files named `.JPEG`.
package enum ImageFile {
    private static let jpegStart: [UInt8] = [0xFF, 0xD8, 0xFF]
    private static let pngStart: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// In bytes.
    private static let largestFile = 256 << 20

    /// Reads and decodes a file.
    ///
    /// An orientation that a camera noted is not applied.
    ///
    /// - Parameter path: Of the file.
    /// - Returns: The image, gray or RGB as the file has it.
    /// - Throws: `ImageFileError` when it cannot be read, is larger than 256 MiB, is neither JPEG nor
    ///   PNG, or cannot be decoded.
    package static func decode(path: String) throws(ImageFileError) -> PixelImage {
        let bytes = [UInt8](try FileStatus.contents(of: path, limit: largestFile))
        do {
            if bytes.starts(with: jpegStart) { return try JPEG.decode(bytes) }
            if bytes.starts(with: pngStart) { return try PNG.decode(bytes) }
        } catch {
            throw ImageFileError(
                file: path,
                problem: "the \(error.format.rawValue) cannot be decoded (\(error.reason))",
                remedy: "\(error.remedy), or remove it from the folder"
            )
        }
        throw ImageFileError(
            file: path,
            problem: "its first bytes are neither a JPEG's nor a PNG's",
            remedy: "convert it, or remove it from the folder"
        )
    }
}
