@preconcurrency import Glibc

/// What commands print.
enum StandardOutput {
    struct Lost: Error, CustomStringConvertible {
        let cause: String

        var description: String { "standard output: \(cause)" }
    }

    /// Writes out what was printed.
    ///
    /// - Throws: `Lost` when some of it went nowhere.
    static func flush() throws(Lost) {
        errno = 0
        guard fflush(stdout) != 0 || ferror(stdout) != 0 else { return }
        if errno == 0 {
            // It failed before, in the middle of the text; one more byte tells why.
            putc(0x0A, stdout)
            fflush(stdout)
        }
        let code = errno
        throw Lost(cause: code == 0 ? "some of the text is lost" : String(cString: strerror(code)))
    }
}
