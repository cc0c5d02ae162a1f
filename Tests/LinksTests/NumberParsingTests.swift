import Foundation
import SimulationCore
import Testing

@testable import Links

/// Numbers, times and columns as traces write them.
@Suite struct NumberParsingTests {
    private func number(_ text: String, times multiplier: Int64 = 1) throws -> Int64 {
        try DecimalNumber.parse(ArraySlice(text.utf8), times: multiplier)
    }

    /// Half a unit is rounded up, and digits past the 18th are dropped, but not their places.
    @Test(
        arguments: [
            ("0.4", 1, 0), ("0.5", 1, 1), ("1.5", 1, 2), ("2.4999999999", 1, 2),
            ("12.5", 1000, 12_500),
            ("0.123456789123456789", 1_000_000_000, 123_456_789), ("+3e2", 1, 300), ("-0", 1, 0),
            ("1.2345678915", 1_000_000_000, 1_234_567_892), ("25e-1", 1, 3), (".5", 10, 5),
            ("1234567890123456789", 1, 1_234_567_890_123_456_780), ("000000000000000000012", 1, 12),
        ] as [(String, Int64, Int64)]
    )
    func numbersAreExact(text: String, multiplier: Int64, value: Int64) throws {
        #expect(try number(text, times: multiplier) == value)
    }

    /// Against Foundation's calendar, in leap years and centuries and in any zone.
    @Test func calendarTimesAreThoseOfTheGregorianCalendar() {
        var random = RandomDraw(seed: 3, purpose: .test, entity: 0)
        let formatter = ISO8601DateFormatter()
        for _ in 0..<2000 {
            let seconds = Int64(random.below(7_000_000_000))
            let zone = (Int64(random.below(49)) - 24) * 1800
            formatter.timeZone = TimeZone(secondsFromGMT: Int(zone))
            let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(CalendarTime.nanoseconds(ArraySlice(text.utf8)) == seconds * 1_000_000_000)
        }
        let fraction = CalendarTime.nanoseconds(ArraySlice("1970/01/01 00:00:01.25 CDT".utf8))
        #expect(fraction == 1_250_000_000)
    }

    /// A K is 1000, a Ki 1024; a B is eight bits.
    @Test(
        arguments: [
            ("bit/s", 1), ("kbit/s", 1000), ("Mbps", 1e6), ("B/s", 8), ("kB/s", 8000),
            ("MB/s", 8e6),
            ("KiB/s", 8192), ("MiB/s", 8_388_608), ("GiB/s", 8_589_934_592),
        ] as [(String, Double)]
    )
    func unitsAreThoseOfTheirNames(unit: String, bitsPerSecond: Double) throws {
        let trace = try TestTraces.parse("0 3\n1 3\n", TraceOptions(unit: unit))
        #expect(trace.meanBitsPerSecond == 3 * bitsPerSecond)
    }

    @Test func ofTwoColumnsTheOtherOneHoldsTheValues() throws {
        let first = try TestTraces.parse("0 8\n1 16\n")
        let second = try TestTraces.parse("8 0\n16 1\n", TraceOptions(timeColumn: "2"))
        #expect(first == second)
    }

    @Test func arrivalsComeFromTheirColumn() throws {
        let text = Array("7,1\n7,3.5\n".utf8)
        let options = TraceOptions(timeColumn: "2")
        let trace = try ArrivalTrace.parseTimestamps(text, file: "test", options: options)
        #expect(trace == .timestamps([.start, .start + .milliseconds(2500)]))
    }

    /// Opportunities of 1500 bytes, and rates; the trace goes on after its period.
    @Test func aMeanIsOfItsSpan() throws {
        let opportunities = try TestTraces.parse("1\n2\n4\n")
        let rates = try TestTraces.parse("0 8\n1 16\n")
        func mean(_ trace: BandwidthTrace, _ from: Int64, _ milliseconds: Int64) -> Double {
            trace.meanBitsPerSecond(
                from: .start + .milliseconds(from),
                over: .milliseconds(milliseconds)
            )
        }
        #expect(mean(opportunities, 0, 4) == opportunities.meanBitsPerSecond)
        #expect(mean(opportunities, 2, 2) == 1500 * 8 / 0.002)
        #expect(mean(opportunities, 4, 2) == 2 * 1500 * 8 / 0.002)
        #expect(mean(rates, 0, 2000) == rates.meanBitsPerSecond)
        #expect(mean(rates, 500, 2000) == 12e6 && mean(rates, 1500, 1000) == 12e6)
        #expect(mean(rates, 1000, 500) == 16e6)
    }
}
