import Foundation

/// Finds and reads the files that a scenario names.
enum FileLookup {
    static let largestTrace = 256 << 20

    /// The absolute form of `path`, which starts at `base` when it is relative.
    ///
    /// Only `.` components are dropped, since a `..` may follow a symbolic link.
    static func absolute(_ path: String, base: String) -> String {
        let whole = path.hasPrefix("/") ? path : base + "/" + path
        let parts = whole.split(separator: "/").filter { $0 != "." }
        return "/" + parts.joined(separator: "/")
    }

    /// What is wrong with the file at the absolute `path`; nil when it is there.
    static func problem(with path: String) -> (problem: String, remedy: String)? {
        var isDirectory: ObjCBool = false
        if !FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
            return ("there is no file \(path)", remedy(forMissing: path))
        }
        if isDirectory.boolValue { return ("\(path) is a folder", "write the path of a file") }
        return nil
    }

    private static func remedy(forMissing path: String) -> String {
        if path.contains("/.datasets/") {
            return "run Tools/bootstrap, which puts the data sets there"
        }
        if path.contains("/.models/") {
            return "run the script in Tools/models that puts the model there"
        }
        return "correct the path; relative ones start at the scenario's folder"
    }

    /// The bytes of a trace.
    static func trace(at path: String) -> Result<[UInt8], QuantityError> {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let bytes = [UInt8](try handle.read(upToCount: largestTrace + 1) ?? Data())
            if bytes.count <= largestTrace { return .success(bytes) }
            return .failure(QuantityError("\(path) is larger than \(largestTrace >> 20) MiB"))
        } catch {
            return .failure(
                QuantityError("\(path) cannot be read (\(error.localizedDescription))")
            )
        }
    }
}
