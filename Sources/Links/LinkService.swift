/// Exact cumulative service of a link's capacity, whatever its form.
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

    /// The service that `bytes` take.
    func cost(bytes: Int) -> Int128 {
        switch self {
        case .constant, .rates: Int128(bytes) * 8_000_000_000
        case .opportunities: Int128(bytes)
        }
    }

    /// What has been given from the trace's start until `time`.
    func service(at time: Int64) -> Int128 {
        switch self {
        case .constant(let bitsPerSecond): Int128(bitsPerSecond) * Int128(time)
        case .opportunities(let table): table.service(at: time)
        case .rates(let table): table.service(at: time)
        }
    }

    /// The first whole nanosecond by which `target`, which is positive, has been given.
    func time(reaching target: Int128) -> Int64 {
        switch self {
        case .constant(let bitsPerSecond):
            Int64(clamping: (target + Int128(bitsPerSecond) - 1) / Int128(bitsPerSecond))
        case .opportunities(let table): table.time(reaching: target)
        case .rates(let table): table.time(reaching: target)
        }
    }
}
