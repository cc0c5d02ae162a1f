import Glibc

/// Turns the C library's way of failing into an error.
enum SystemCall {
    /// The result of `body`, which is negative when it failed with a reason in `errno`.
    static func check(
        _ operation: String,
        _ body: () -> Int32
    ) throws(RuntimeError) -> Int32 {
        let result = body()
        guard result >= 0 else { throw failure(operation, errno) }
        return result
    }

    static func failure(_ operation: String, _ code: Int32) -> RuntimeError {
        .system(operation: operation, reason: String(cString: strerror(code)))
    }
}
