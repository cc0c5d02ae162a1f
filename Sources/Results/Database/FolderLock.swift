import Glibc

/// Keeps a folder for one writer, until it is released or the process ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `ResultsError.folderUnusable` when another writer has it.
    init(_ path: String) throws(ResultsError) {
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // A file system without locks has none to wait for.
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) < 0, errno == EWOULDBLOCK else {
            return
        }
        throw .folderUnusable(folder: path, cause: "another run is writing into it")
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
