/// A link's capacity, whatever its form: exact cumulative service.
///
/// Service is a whole number of some unit: bytes for opportunities, billionths of a bit for rates.
/// Times are nanoseconds of the trace.
enum LinkService: Sendable {
    case constant(bitsPerSecond: Int64)
    case opportunities(OpportunityTable)
    case rates(RateTable)

    init(_ capacity: LinkSpecification.Capacity) {
        switch capacity {
        case .constant(let bitsPerSecond):
            precondition(bitsPerSecond > 0, "a link's rate must be positive")
            self = .constant(bitsPerSecond: bitsPerSecond)
        case .trace(let trace):
            switch trace.storage.service {
            case .opportunities(let table): self = .opportunities(table)
            case .rates(let table): self = .rates(table)
            }
        }
    }

    /// Gives `bytes` that are sent from `begin` on, at most `Transmitter.mostBytes` and not none.
    ///
    /// - Parameters:
    ///   - bytes: To be given.
    ///   - begin: When service begins.
    ///   - surplus: How much of the service until then is still free.
    /// - Returns: the first whole nanosecond by which all has been given, and what is free of the service until
    ///   then.
    func send(_ bytes: Int, from begin: Int64, surplus: Int64) -> (end: Int64, surplus: Int64) {
        switch self {
        case .constant(let bitsPerSecond):
            let missing = Int64(bytes) * 8_000_000_000 - surplus
            guard missing > 0 else { return (begin, -missing) }
            var (span, rest) = missing.quotientAndRemainder(dividingBy: bitsPerSecond)
            if rest > 0 {
                span += 1
                rest = bitsPerSecond - rest
            }
            let (end, isBeyond) = begin.addingReportingOverflow(span)
            return (isBeyond ? .max : end, rest)
        case .opportunities(let table):
            let target = table.service(at: begin) - Int128(surplus) + Int128(bytes)
            let end = table.time(reaching: target)
            return (end, Int64(clamping: table.service(at: end) - target))
        case .rates(let table):
            let cost = Int128(bytes) * 8_000_000_000
            let target = table.service(at: begin) - Int128(surplus) + cost
            let end = table.time(reaching: target)
            return (end, Int64(clamping: table.service(at: end) - target))
        }
    }
}
