import Glibc

/// The signals that end a run before its time, with its report and record.
enum StopSignals {
    /// SIGINT, SIGTERM, and SIGHUP unless whoever started this program has it ignored, as `nohup` does.
    static var numbers: [Int32] {
        isIgnored(SIGHUP) ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
    }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
