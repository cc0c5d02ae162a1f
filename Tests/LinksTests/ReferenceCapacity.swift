import Links
import SimulationCore

/// Capacity as plain lists that are walked one step after the other: no sums, no search.
enum ReferenceCapacity: Sendable {
    case constant(Int64)
    /// Milliseconds, and bytes an opportunity.
    case opportunities([Int64], Int64)
    /// Nanoseconds and bits per second.
    case rates([(duration: Int64, rate: Int64)])

    /// The same capacity as Links reads it, by way of the file formats.
    func capacity() throws -> LinkSpecification.Capacity {
        switch self {
        case .constant(let rate): return .constant(bitsPerSecond: rate)
        case .opportunities(let times, let bytes):
            let text = times.map { "\($0)\n" }.joined()
            return .trace(
                try TestTraces.parse(text, TraceOptions(opportunityBytes: Int(bytes)))
            )
        case .rates(let steps):
            let members = steps.map { step in
                "{\"duration_ms\": \(Self.thousandths(step.duration, by: 6)), "
                    + "\"bandwidth_kbps\": \(Self.thousandths(step.rate, by: 3))}"
            }
            return .trace(try TestTraces.parse("[\(members.joined(separator: ","))]"))
        }
    }

    private static func thousandths(_ value: Int64, by digits: Int) -> String {
        let text = String(value)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return "\(padded.dropLast(digits)).\(padded.suffix(digits))"
    }
}

/// A place in a `ReferenceCapacity`, which moves on packet by packet.
struct ReferenceCursor {
    let capacity: ReferenceCapacity
    /// Steps or opportunities passed, over all periods.
    private var step = 0
    /// When the step began, in nanoseconds.
    private var stepStart: Int64 = 0
    /// What is used up of the step: bytes, or bits per second times nanoseconds.
    private var used: Int128 = 0

    init(_ capacity: ReferenceCapacity) { self.capacity = capacity }

    /// Goes on to `time`, from which idle capacity is lost.
    mutating func skip(to time: Int64) {
        switch capacity {
        case .constant(let rate):
            stepStart = time
            used = 0
            _ = rate
        case .opportunities(let times, let bytes):
            while opportunityTime(times) <= time { step += 1 }
            used = 0
            _ = bytes
        case .rates(let steps):
            while stepStart + steps[step % steps.count].duration <= time {
                stepStart += steps[step % steps.count].duration
                step += 1
            }
            used = Int128(time - stepStart) * Int128(steps[step % steps.count].rate)
        }
    }

    /// Sends one packet and returns the first whole nanosecond by which it has left.
    mutating func send(_ bytes: Int) -> Int64 {
        switch capacity {
        case .constant(let rate):
            used += Int128(bytes) * 8_000_000_000
            return stepStart + ceiling(used, rate)
        case .opportunities(let times, let opportunity):
            var left = Int128(bytes)
            while used + left > Int128(opportunity) {
                left -= Int128(opportunity) - used
                used = 0
                step += 1
            }
            used += left
            return opportunityTime(times)
        case .rates(let steps):
            var left = Int128(bytes) * 8_000_000_000
            while true {
                let (duration, rate) = steps[step % steps.count]
                let whole = Int128(duration) * Int128(rate)
                if used + left <= whole, rate > 0 {
                    used += left
                    return stepStart + ceiling(used, rate)
                }
                left -= whole - used
                used = 0
                stepStart += duration
                step += 1
            }
        }
    }

    private func opportunityTime(_ times: [Int64]) -> Int64 {
        let period = times[times.count - 1]
        return (Int64(step / times.count) * period + times[step % times.count]) * 1_000_000
    }

    private func ceiling(_ units: Int128, _ rate: Int64) -> Int64 {
        Int64((units + Int128(rate) - 1) / Int128(rate))
    }
}
