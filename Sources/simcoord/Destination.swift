import Foundation
import Runtime

/// Where results go: checked before the work begins.
enum Destination {
    /// Throws unless a file can be written at `path`.
    static func check(file path: String) throws(InvalidInput) {
        let file = URL(filePath: path)
        guard !isFolder(file), isWritableFolder(file.deletingLastPathComponent()) else {
            throw InvalidInput(
                "--out: \(path) cannot be written; name a file in a folder that you may write to"
            )
        }
    }

    /// Makes the folder at `path` unless it is there.
    static func folder(_ path: String) throws(InvalidInput) -> URL {
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
        isFolder(folder) && FileManager.default.isWritableFile(atPath: folder.path)
    }

    private static func isFolder(_ file: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
            && isFolder.boolValue
    }
}
