/// What went wrong with a run's output, on which file, and how to put it right.
package enum ResultsError: Error, Equatable, CustomStringConvertible {
    /// The folder holds something that simcoord did not write; `entry` is one such file.
    case folderNotOurs(folder: String, entry: String)
    /// The folder could not be made, emptied or written to.
    case folderUnusable(folder: String, cause: String)
    case fileNotWritten(path: String, cause: String)
    /// SQLite refused to write while doing `activity`; `keepsRequests` when it was to keep requests, too.
    case database(
        path: String,
        activity: String,
        cause: String,
        isDiskFull: Bool,
        keepsRequests: Bool
    )
    /// A folder to be read lacks `file`.
    case missingFile(folder: String, file: String)
    case unreadableFile(path: String, cause: String)
    /// Two runs that cannot be compared; `difference` says in what they differ.
    case incomparable(first: String, second: String, difference: String)

    package var description: String {
        switch self {
        case .folderNotOurs(let folder, let entry):
            "The output folder \(folder) holds '\(entry)', which is not part of a simcoord record. "
                + "Nothing was overwritten; choose another folder with --out or empty this one."
        case .folderUnusable(let folder, let cause):
            "The output folder \(folder) cannot be used: \(cause). "
                + "Choose a folder that you may write to with --out."
        case .fileNotWritten(let path, let cause):
            "\(path) could not be written: \(cause). "
                + "Check that the folder is writable and the disk has room, or choose another --out."
        case .database(let path, let activity, let cause, let isDiskFull, let keepsRequests):
            "\(path): \(activity) failed: \(cause). "
                + (isDiskFull
                    ? "The disk is full: free some space, or choose another --out"
                        + (keepsRequests ? ", or record less with --record none" : "")
                        + ". What was recorded before is readable."
                    : "Check that the folder is writable and the file is not open elsewhere.")
        case .missingFile(let folder, let file):
            "\(folder) holds no \(file), so it is not the output of a finished run. "
                + "Name a folder that 'simcoord run' has written."
        case .unreadableFile(let path, let cause):
            "\(path) cannot be read as part of a simcoord record: \(cause). "
                + "Run the scenario again to write it anew."
        case .incomparable(let first, let second, let difference):
            "\(first) and \(second) cannot be compared: \(difference)."
        }
    }
}
