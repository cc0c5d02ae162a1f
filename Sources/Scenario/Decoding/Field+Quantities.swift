import SimulationCore

extension Field {
    /// Spans that add up stay far from the largest time.
    static let longestDuration: Int64 = 366 * 24 * 3_600_000_000_000
    static let largestSize: Int64 = 1 << 40
    static let highestBitRate: Int64 = 10_000_000_000_000

    /// A duration such as `"20ms"`, at most 366 days.
    func duration(positive: Bool = false) -> SimulationDuration? {
        quantity(.duration, in: (positive ? 1 : 0)...Self.longestDuration, "366 days")
            .map(SimulationDuration.init(nanoseconds:))
    }

    /// Bytes, as `"64KiB"`.
    func size(positive: Bool = false) -> Int? {
        quantity(.size, in: (positive ? 1 : 0)...Self.largestSize, "1024GiB").map { Int($0) }
    }

    /// A size of what goes into one message, which is counted in 32 bits.
    func messageSize() -> Int? {
        quantity(.size, in: 0...(4095 << 20), "4095MiB").map { Int($0) }
    }

    /// What a packet takes besides, at most as much as the largest packet there is.
    func packetOverhead() -> Int? { quantity(.size, in: 0...(64 << 10), "64KiB").map { Int($0) } }

    /// Bits per second, as `"5Mbit/s"`; positive.
    func bitRate() -> Int64? { quantity(.bitRate, in: 1...Self.highestBitRate, "10000Gbit/s") }

    /// Events per second, as `"2/s"`; positive.
    func eventRate() -> Double? {
        guard case .string(let text) = node.value else {
            failType(EventRate.remedy)
            return nil
        }
        switch EventRate.parse(text) {
        case .success(let rate): return rate
        case .failure(let error):
            fail(error.problem, "write \(EventRate.remedy)")
            return nil
        }
    }

    private func quantity(
        _ dimension: Dimension,
        in range: ClosedRange<Int64>,
        _ most: String
    ) -> Int64? {
        guard case .string(let text) = node.value else {
            if case .number(let digits) = node.value {
                fail("the number \(digits) lacks a unit", "write \(dimension.remedy)")
            } else {
                failType(dimension.remedy)
            }
            return nil
        }
        switch dimension.parse(text) {
        case .failure(let error): fail(error.problem, "write \(dimension.remedy)")
        case .success(let value) where value < range.lowerBound:
            fail("\(text.quoted) is not above zero", "write \(dimension.remedy)")
        case .success(let value) where value > range.upperBound:
            fail("\(text.quoted) is more than \(most)", "write at most \(most)")
        case .success(let value): return value
        }
        return nil
    }
}
