import Foundation
import Synchronization

/// A line on the terminal that says how far something has come; nothing where there is no terminal.
final class ProgressLine: Sendable {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let shown = Mutex(-1)

    /// Runs `body`, and clears the line when it has ended, be it with an error.
    ///
    /// - Parameters:
    ///   - action: What is going on.
    ///   - body: Says how much of it is done, 0...1, on any thread.
    /// - Returns: What `body` returns.
    static func showing<Result>(
        _ action: String,
        _ body: (@escaping @Sendable (Double) -> Void) throws -> Result
    ) rethrows -> Result {
        let line = ProgressLine()
        defer { line.end() }
        return try body { line.show(action, $0) }
    }

    /// - Parameters:
    ///   - action: What is going on.
    ///   - share: How much of it is done, 0...1.
    private func show(_ action: String, _ share: Double) {
        guard isShown else { return }
        let percent = Int(100 * share)
        shown.withLock { shown in
            guard percent > shown else { return }
            shown = percent
            try? FileHandle.standardError.write(contentsOf: Data("\r\(action): \(percent) %".utf8))
        }
    }

    /// Clears the line.
    private func end() {
        guard isShown else { return }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8))
    }
}
