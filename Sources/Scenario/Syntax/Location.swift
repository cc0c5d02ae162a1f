/// Where a piece of a scenario was written.
enum Location: Sendable, Equatable {
    /// In the file; both counted from 1, columns in characters.
    case text(line: Int, column: Int)
    /// On the command line, as `--set PATH=VALUE`.
    case setting(String)
    /// Nowhere: a default.
    case standard
}
