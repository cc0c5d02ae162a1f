/// A JSON value whose objects keep the order in which their keys were written.
indirect enum SummaryValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([SummaryValue])
    case object([Member])

    struct Member: Equatable, Sendable {
        var key: String
        var value: SummaryValue
    }

    subscript(key: String) -> SummaryValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}
