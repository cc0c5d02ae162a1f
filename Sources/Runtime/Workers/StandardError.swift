import Glibc

/// Where a process that has lost its coordinator can still say something.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Nobody is left to tell if this fails.
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
