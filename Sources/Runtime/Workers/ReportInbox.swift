/// What the coordinator has of a worker's report.
struct ReportInbox {
    enum Action: Equatable {
        /// A new part: keep it and acknowledge it.
        case accept
        /// A part that is here already: its acknowledgement was lost or late.
        case acknowledgeAgain
        /// A part whose predecessor is missing: it will be sent again.
        case ignore
    }

    private var expected: UInt32 = 0
    /// Whether the last part is here.
    private(set) var isComplete = false

    mutating func receive(part: UInt32, isLast: Bool) -> Action {
        if part < expected { return .acknowledgeAgain }
        guard part == expected, !isComplete else { return .ignore }
        expected += 1
        isComplete = isLast
        return .accept
    }
}
