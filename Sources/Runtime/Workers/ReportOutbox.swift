/// The parts of a worker's report until the coordinator has acknowledged them.
struct ReportOutbox {
    /// Parts under way at a time.
    static let window = 8
    /// After which a part is sent again, in nanoseconds.
    static let resendInterval: Int64 = 1_000_000_000

    struct Part: Equatable {
        let number: UInt32
        let content: [UInt8]
        let isLast: Bool
    }

    private var parts: [Part] = []
    private var sentAt: [UInt32: Int64] = [:]
    private var count: UInt32 = 0
    private(set) var isClosed = false

    /// Whether the last part has been added and all are acknowledged.
    var isFinished: Bool { isClosed && parts.isEmpty }

    mutating func add(_ content: [UInt8], isLast: Bool) {
        precondition(!isClosed, "the report has ended")
        parts.append(Part(number: count, content: content, isLast: isLast))
        count += 1
        isClosed = isLast
    }

    mutating func acknowledge(_ number: UInt32) {
        parts.removeAll { $0.number == number }
        sentAt[number] = nil
    }

    /// The parts to send at `now`: those of the window that were not sent within the interval.
    mutating func due(now: Int64) -> [Part] {
        let due = parts.prefix(Self.window).filter { part in
            sentAt[part.number].map { now - $0 >= Self.resendInterval } ?? true
        }
        for part in due { sentAt[part.number] = now }
        return due
    }

    /// When `due` has to be asked again; nil while nothing is under way.
    var nextResend: Int64? { sentAt.values.min().map { $0 + Self.resendInterval } }
}
