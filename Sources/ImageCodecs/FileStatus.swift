import FoundationEssentials

#if canImport(Glibc)
import Glibc
#endif

/// What the system says of a file; a link stands for what it leads to.
package struct FileStatus {
    package enum Kind {
        case regular
        case folder
        /// A pipe, a device or a socket.
        case other
    }

    /// Equal for two paths just when they lead to the same file.
    package struct Identity: Equatable {
        let device: UInt64
        let number: UInt64
    }

    package let kind: Kind
    package let identity: Identity
    /// In bytes.
    let size: Int

    /// - Throws: `ImageFileError` when there is no such file, a link leads nowhere, or a folder on the
    ///   way may not be searched.
    init(path: String) throws(ImageFileError) {
        guard let status = Self(ifThere: path) else {
            throw ImageFileError(
                file: path,
                problem: "it cannot be read (\(String(cString: strerror(errno))))",
                remedy: "check that it, or what it links to, is there, and its permissions"
            )
        }
        self = status
    }

    /// Nil when there is no such file, or none that the system would tell of.
    package init?(ifThere path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            default: .other
            }
        identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        size = Int(status.st_size)
    }

    /// The whole of a regular file, whose size is looked at before it is read.
    ///
    /// - Parameters:
    ///   - path: Of the file.
    ///   - limit: The most that it may have, in bytes.
    /// - Returns: Its bytes.
    /// - Throws: `ImageFileError` when it cannot be read, is no regular file, or is larger.
    static func contents(of path: String, limit: Int) throws(ImageFileError) -> Data {
        let status = try FileStatus(path: path)
        guard status.kind == .regular else {
            throw ImageFileError(
                file: path,
                problem: "it is not a regular file",
                remedy: "put a regular file in its place, or leave it out"
            )
        }
        guard status.size <= limit else {
            throw ImageFileError(
                file: path,
                problem: "it is larger than \(limit >> 20) MiB",
                remedy: "make it smaller, or leave it out"
            )
        }
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw ImageFileError(
                file: path,
                problem: "it cannot be read",
                remedy: "check its permissions"
            )
        }
        return contents
    }
}
