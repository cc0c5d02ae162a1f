import Runtime

/// A signal ended a run before its end; what was run by then has been reported.
struct InterruptedRun: Error, CustomStringConvertible {
    let signal: Int32
    /// Where the record is.
    let folder: String

    var description: String {
        "\(RuntimeError.interrupted(signal: signal)); the record up to then is in \(folder)/"
    }
}
