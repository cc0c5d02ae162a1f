import Foundation
import Hashing
import SimulationCore

/// The folder that a run's files go into.
package struct OutputFolder: Sendable, Equatable {
    /// The files of a record.
    package enum File: String, Sendable, CaseIterable {
        case summary = "summary.json"
        case database = "results.sqlite"
        case junit = "junit.xml"
    }

    /// Written into the header of `results.sqlite` ("simc"), by which a record is told from other files.
    static let applicationID: Int32 = 0x7369_6D63

    package let path: String
    /// Of a folder that is being written.
    private var lock: FolderLock?

    /// Takes a folder for reading, as it is.
    package init(existing path: String) { self.path = path }

    package static func == (left: Self, right: Self) -> Bool { left.path == right.path }

    /// Makes the folder, or empties one that holds an earlier record and nothing else.
    ///
    /// No other process, and no other call, can do so while the result is in use.
    package static func create(at path: String) throws(ResultsError) -> Self {
        var folder = Self(existing: path)
        let manager = FileManager.default
        do {
            try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
            folder.lock = try FolderLock(path)
            let entries = try manager.contentsOfDirectory(atPath: path).sorted()
            try folder.checkOwnership(of: entries)
            for entry in entries { try manager.removeItem(atPath: path + "/" + entry) }
        } catch let error as ResultsError {
            throw error
        } catch {
            throw .folderUnusable(folder: path, cause: causeText(error, at: path))
        }
        return folder
    }

    package func path(of file: File) -> String { path + "/" + file.rawValue }

    package func contains(_ file: File) -> Bool {
        FileManager.default.fileExists(atPath: path(of: file))
    }

    /// Replaces a file as a whole: a reader sees the old or the new one.
    package func write(_ text: String, to file: File) throws(ResultsError) {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path(of: file)), options: .atomic)
        } catch {
            throw .fileNotWritten(path: path(of: file), cause: causeText(error))
        }
    }

    package func readSummary() throws(ResultsError) -> Summary {
        guard contains(.summary) else {
            throw .missingFile(folder: path, file: File.summary.rawValue)
        }
        let file = path(of: .summary)
        do {
            return try Summary(json: Data(contentsOf: URL(fileURLWithPath: file)))
        } catch let error as DecodingError {
            throw .unreadableFile(path: file, cause: Self.text(error))
        } catch {
            throw .unreadableFile(path: file, cause: causeText(error))
        }
    }

    /// Whether `results.sqlite` carries the mark of a record of ours.
    var holdsMarkedDatabase: Bool {
        guard let file = FileHandle(forReadingAtPath: path(of: .database)) else { return false }
        // SQLite's file format: the application id is a big-endian integer at byte 68 of the header.
        guard let header = try? file.read(upToCount: 72), header.count == 72 else { return false }
        let identifier = header.suffix(4).reduce(Int32(0)) { $0 << 8 | Int32($1) }
        return identifier == Self.applicationID
    }

    private func checkOwnership(of entries: [String]) throws(ResultsError) {
        guard !entries.isEmpty else { return }
        let database = File.database.rawValue
        let sidecars = ["-journal", "-wal", "-shm"].map { database + $0 }
        let ours = Set(File.allCases.map(\.rawValue) + sidecars)
        if let foreign = entries.first(where: { !ours.contains($0) }) {
            throw .folderNotOurs(folder: path, entry: foreign)
        }
        // A run that was stopped before its first write has left an empty one.
        guard holdsMarkedDatabase || isEmpty(.database) else {
            throw .folderNotOurs(folder: path, entry: entries[0])
        }
    }

    private func isEmpty(_ file: File) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path(of: file))
        return attributes?[.type] as? FileAttributeType == .typeRegular
            && attributes?[.size] as? Int == 0
    }

    /// SHA-256 of `summary.json`, which tells this run from all others.
    package func summaryDigest() throws(ResultsError) -> String {
        let file = path(of: .summary)
        do {
            return SHA256.hash(data: try Data(contentsOf: URL(fileURLWithPath: file))).hexadecimal
        } catch {
            throw .unreadableFile(path: file, cause: causeText(error))
        }
    }

    private static func text(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "the member '\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' has the wrong type"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: String(describing: error)
        }
    }
}

/// What the system says about a failure, in its shortest form.
///
/// Where Foundation does not tell, the system is asked again about `path`, which was to be used.
func causeText(_ error: any Error, at path: String? = nil) -> String {
    let error = error as NSError
    let causes = [error.userInfo[NSUnderlyingErrorKey] as? NSError, error].compactMap(\.self)
    if let system = causes.first(where: { $0.domain == NSPOSIXErrorDomain }) {
        return String(cString: strerror(Int32(system.code)))
    }
    if let file = error as? CocoaError, let text = fileCauses[file.code] { return text }
    if let path, access(path, F_OK) != 0 { return String(cString: strerror(errno)) }
    if let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError {
        return underlying.localizedDescription
    }
    return error.localizedDescription
}

/// The codes that Foundation gives without the system's own.
private let fileCauses: [CocoaError.Code: String] = [
    .fileNoSuchFile: "No such file or directory",
    .fileReadNoSuchFile: "No such file or directory",
    .fileWriteFileExists: "a file of that name is there",
    .fileWriteNoPermission: "Permission denied",
    .fileReadNoPermission: "Permission denied",
    .fileWriteOutOfSpace: "No space left on device",
]
