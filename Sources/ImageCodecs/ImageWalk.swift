#if canImport(Glibc)
import Glibc
#endif

/// A walk through a folder and all below it, links followed, that notes the images.
///
/// The system tells what a file is along with its name, so that only links cost a look at the file.
struct ImageWalk {
    /// More files than ImageNet's training set has.
    private static let mostFiles = 4_000_000
    private static let endings = [".jpg", ".jpeg", ".png"]

    private let root: String
    /// Paths from the root, in no order.
    private(set) var files: [String] = []
    /// The folder at hand and those that led to it: a link back to one of them is a circle.
    private var way: [FileStatus.Identity] = []

    /// - Throws: `ImageFileError` when a folder cannot be listed, a link leads nowhere, a name is not
    ///   UTF-8, or there are more than 4,000,000 images.
    init(root: String) throws(ImageFileError) {
        self.root = root
        try walk("")
    }

    // A folder is its path from the root, empty or with a slash at the end.
    private mutating func walk(_ folder: String) throws(ImageFileError) {
        let identity = try FileStatus(path: path(folder)).identity
        guard !way.contains(identity) else { return }
        way.append(identity)
        // Listed to the end before the walk goes on, so that one folder is open at a time.
        for subfolder in try list(folder) { try walk(subfolder) }
        way.removeLast()
    }

    /// Notes the images in a folder.
    ///
    /// - Returns: The folders in it, as `walk` wants them.
    private mutating func list(_ folder: String) throws(ImageFileError) -> [String] {
        guard let stream = opendir(path(folder)) else { throw unlistable(folder) }
        defer { closedir(stream) }
        var subfolders: [String] = []
        while let entry = try next(stream, folder) {
            let name = try name(entry, folder)
            guard !name.hasPrefix(".") else { continue }
            switch try kind(entry, folder + name) {
            case .folder: subfolders.append(folder + name + "/")
            case .regular where Self.isImage(name): files.append(folder + name)
            case .regular, .other: break
            }
        }
        if files.count > Self.mostFiles {
            throw ImageFileError(
                file: root,
                problem: "it holds more than \(Self.mostFiles) images",
                remedy: "name a folder below it"
            )
        }
        return subfolders
    }

    private func next(
        _ stream: OpaquePointer,
        _ folder: String
    ) throws(ImageFileError) -> UnsafeMutablePointer<dirent>? {
        errno = 0
        let entry = readdir(stream)
        if entry == nil, errno != 0 { throw unlistable(folder) }
        return entry
    }

    private func name(
        _ entry: UnsafeMutablePointer<dirent>,
        _ folder: String
    ) throws(ImageFileError) -> String {
        // The system's record ends with the name, before Swift's structure does.
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        let bytes = UnsafeRawPointer(entry).advanced(by: offset)
            .assumingMemoryBound(to: CChar.self)
        guard let name = String(validatingCString: bytes) else {
            throw ImageFileError(
                file: path(folder + String(cString: bytes)),
                problem: "its name is not in UTF-8",
                remedy: "rename it"
            )
        }
        return name
    }

    private func kind(
        _ entry: UnsafeMutablePointer<dirent>,
        _ file: String
    ) throws(ImageFileError) -> FileStatus.Kind {
        switch Int(entry.pointee.d_type) {
        case DT_REG: .regular
        case DT_DIR: .folder
        case DT_LNK, DT_UNKNOWN: try FileStatus(path: path(file)).kind
        default: .other
        }
    }

    private func path(_ file: String) -> String { file.isEmpty ? root : "\(root)/\(file)" }

    private func unlistable(_ folder: String) -> ImageFileError {
        ImageFileError(
            file: path(folder),
            problem: "it cannot be listed (\(String(cString: strerror(errno))))",
            remedy: "name a folder of JPEG or PNG files, and check its permissions"
        )
    }

    private static func isImage(_ name: String) -> Bool {
        let name = name.lowercased()
        return endings.contains { name.hasSuffix($0) }
    }
}
