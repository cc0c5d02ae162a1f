import Glibc

/// A worker's standard input: a pipe whose other end only the coordinator holds.
///
/// It first carries the worker's token and a line feed, and then ends when the coordinator does.
enum CoordinatorPipe {
    /// Bytes of a token.
    static let tokenBound = 256

    /// Reads the token, which is there when the process starts.
    static func readToken() throws(RuntimeError) -> String {
        var token: [UInt8] = []
        var byte: UInt8 = 0
        while token.count <= tokenBound {
            guard read(STDIN_FILENO, &byte, 1) == 1 else { break }
            if byte == UInt8(ascii: "\n") { return String(decoding: token, as: UTF8.self) }
            token.append(byte)
        }
        throw .notAWorker(reason: "its standard input holds no token")
    }

    /// Ends the process as soon as the pipe does, whatever its other threads are doing.
    static func exitAtEnd(code: Int32) throws(RuntimeError) {
        let thread = try ExecutorThread.start {
            var byte: UInt8 = 0
            while true {
                let count = read(STDIN_FILENO, &byte, 1)
                if count == 0 || (count < 0 && errno != EINTR) { _exit(code) }
            }
        }
        pthread_detach(thread)
    }
}
