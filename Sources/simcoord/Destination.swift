import Foundation
import ImageCodecs
import Runtime

/// Where results go: checked before the work begins.
enum Destination {
    /// Throws unless a file can be written at `path`.
    ///
    /// It takes the place of one that is there, which must not be one of `sources`, the files that the command
    /// reads.
    static func check(file path: String, sources: [String]) throws(InvalidInput) {
        try check(named: path)
        let status = FileStatus(ifThere: path)
        guard status?.kind != .other else {
            throw InvalidInput(
                "--out: \(path) is a device, a pipe or a socket, and would be replaced; name a file"
            )
        }
        let folder = URL(filePath: path).deletingLastPathComponent()
        guard FileStatus(ifThere: folder.path) != nil else {
            throw InvalidInput("--out: there is no folder \(folder.path) for it; make it first")
        }
        guard status?.kind != .folder, isWritableFolder(folder) else {
            throw InvalidInput(
                "--out: \(path) cannot be written; name a file in a folder that you may write to"
            )
        }
        if let status, sources.contains(where: { leads($0, to: status) }) {
            throw InvalidInput("--out: \(path) is read, and would be replaced; name another file")
        }
    }

    /// Throws unless `path` names something.
    static func check(named path: String) throws(InvalidInput) {
        guard path.isEmpty else { return }
        throw InvalidInput("--out: the path is empty; write where the results go")
    }

    private static func leads(_ path: String, to file: FileStatus) -> Bool {
        FileStatus(ifThere: path)?.identity == file.identity
    }

    /// Makes the folder at `path` unless it is there.
    static func folder(_ path: String) throws(InvalidInput) -> URL {
        try check(named: path)
        let folder = URL(filePath: path)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw refusal(ofFolder: path)
        }
        guard isWritableFolder(folder) else { throw refusal(ofFolder: path) }
        return folder
    }

    private static func refusal(ofFolder path: String) -> InvalidInput {
        InvalidInput(
            "--out: \(path) is no folder that can be written to; name one that you may write to"
        )
    }

    private static func isWritableFolder(_ folder: URL) -> Bool {
        FileStatus(ifThere: folder.path)?.kind == .folder
            && FileManager.default.isWritableFile(atPath: folder.path)
    }
}
