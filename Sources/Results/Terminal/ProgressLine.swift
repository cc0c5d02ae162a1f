import Foundation

/// One line on standard error that is rewritten as work goes on; silent when that is not a terminal.
package struct ProgressLine {
    private var text: ProgressText
    private let isShown: Bool
    private let start = ContinuousClock.now
    private var hasWritten = false

    /// Starts counting time.
    ///
    /// - Parameters:
    ///   - label: what is being done.
    ///   - unit: what is counted, in the plural.
    ///   - total: the count at the end; nil when it is not known.
    ///   - isShown: false to stay silent even on a terminal.
    package init(label: String, unit: String, total: Int?, isShown: Bool = true) {
        text = ProgressText(label: label, unit: unit, total: total)
        self.isShown = isShown && isatty(STDERR_FILENO) == 1
    }

    /// Shows how far the work is; at most ten times a second.
    package mutating func update(_ done: Int) {
        guard isShown else { return }
        let elapsed = (ContinuousClock.now - start) / Duration.seconds(1)
        guard let line = text.update(done: done, seconds: elapsed) else { return }
        write("\r" + line + "\u{1B}[K")
        hasWritten = true
    }

    /// Removes the line.
    package mutating func finish() {
        guard hasWritten else { return }
        write("\r\u{1B}[K")
        hasWritten = false
    }

    private func write(_ text: String) {
        // A terminal that has gone away is no reason to stop the work.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
