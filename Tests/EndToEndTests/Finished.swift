/// How a process ended, and what it said.
struct Finished {
    enum End: Equatable {
        case code(Int32)
        case signal(Int32)
    }

    var end: End
    var output: String
    var errors: String
    /// Every child process that was seen.
    var children: Set<Int32>
}
