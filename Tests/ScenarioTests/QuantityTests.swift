import TestSupport
import Testing

@testable import Scenario

@Suite struct QuantityTests {
    @Test(arguments: [
        ("20ms", Int64(20_000_000)), ("1.5s", 1_500_000_000), ("200us", 200_000),
        ("2min", 120_000_000_000),
        ("1h", 3_600_000_000_000), ("0s", 0), ("7ns", 7), ("0.1s", 100_000_000),
        // 0.000000003 s is 3.0000000000000004e-9 s in floating point.
        ("0.000000003s", 3), ("1.1us", 1_100), ("20 ms", 20_000_000),
    ])
    func durationsAreExact(text: String, nanoseconds: Int64) {
        #expect(Dimension.duration.parse(text) == .success(nanoseconds))
    }

    @Test(arguments: [
        ("64KiB", Int64(65_536)), ("20kB", 20_000), ("100B", 100), ("1MB", 1_000_000),
        ("0.5MiB", 524_288), ("1GiB", 1_073_741_824), ("2GB", 2_000_000_000),
    ])
    func sizesAreExact(text: String, bytes: Int64) {
        #expect(Dimension.size.parse(text) == .success(bytes))
    }

    @Test(arguments: [
        ("5Mbit/s", Int64(5_000_000)), ("375kbit/s", 375_000), ("1bit/s", 1),
        ("1.2Gbit/s", 1_200_000_000),
        ("10kB/s", 80_000),
    ])
    func ratesAreExact(text: String, bitsPerSecond: Int64) {
        #expect(Dimension.bitRate.parse(text) == .success(bitsPerSecond))
    }

    @Test(arguments: [
        (Dimension.duration, "20", "\"20\" lacks a unit"),
        (.duration, "20 Ms", "\"Ms\" is not a unit of time"),
        (.duration, "-1s", "\"-1s\" is negative"),
        (.duration, "s", "\"s\" is not a number with a unit"),
        (.duration, "", "\"\" is not a number with a unit"),
        (.duration, "1.s", "\"1.s\" is not a number with a unit"),
        (.duration, ".5s", "\".5s\" is not a number with a unit"),
        (.duration, "1e3s", "\"e3s\" is not a unit of time"),
        (.duration, "0.5ns", "\"0.5ns\" is not a whole number of nanoseconds"),
        (.duration, "999999999999999999h", "\"999999999999999999h\" is too large"),
        (
            .duration, "1000000000000000000ns",
            "\"1000000000000000000ns\" has more than 18 digits"
        ),
        (.size, "1.5B", "\"1.5B\" is not a whole number of bytes"),
        (.size, "5kb", "\"kb\" is not a unit of size"),
        (.bitRate, "0.5bit/s", "\"0.5bit/s\" is not a whole number of bits per second"),
        (.bitRate, "5Mbps", "\"Mbps\" is not a unit of rate"),
    ])
    func faultsAreNamed(dimension: Dimension, text: String, problem: String) {
        #expect(dimension.parse(text) == .failure(QuantityError(problem)))
    }

    /// Written with a random number of decimals, and read back.
    @Test func decimalsRoundTrip() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let nanoseconds = Int64(generator.next() % 1_000_000_000_000)
            let fraction = String(nanoseconds % 1_000_000_000)
            let padding = String(repeating: "0", count: 9 - fraction.count)
            let text = "\(nanoseconds / 1_000_000_000).\(padding)\(fraction)s"
            #expect(Dimension.duration.parse(text) == .success(nanoseconds))
        }
    }

    @Test func eventRatesArePerSecond() {
        #expect(EventRate.parse("2/s") == .success(2))
        #expect(EventRate.parse("30/min") == .success(0.5))
        #expect(EventRate.parse("0.1/s") == .success(0.1))
        #expect(EventRate.parse("7") == .failure(QuantityError("\"7\" lacks a unit")))
        #expect(
            EventRate.parse("0/s") == .failure(QuantityError("a rate of 0 never issues a request"))
        )
    }

    @Test(arguments: [
        ("durration", "duration"), ("dealy", "delay"), ("ednges", "edges"), ("Links", "links"),
    ])
    func misspeltWordsAreRecognised(word: String, meant: String) {
        let candidates = ["duration", "delay", "edges", "links", "devices"]
        #expect(Suggestion.closest(to: word, among: candidates) == meant)
        #expect(Suggestion.closest(to: "zebra", among: candidates) == nil)
    }

    /// Names of 64 characters are told from each other by what comes after them.
    @Test func longWordsAreRecognised() {
        let names = ["x", "y"].map { String(repeating: $0, count: 64) }
        let candidates = names.flatMap { name in
            ["throughput", "latency.p50", "latency.p99"].map { "groups.\(name).\($0)" }
        }
        let word = "groups.\(names[1]).latency.p9"
        #expect(Suggestion.closest(to: word, among: candidates) == word + "9")
    }

    @Test func distanceEndsWhereItIsTooLarge() {
        #expect(Suggestion.distance("kitten", "sitting", most: 3) == 3)
        #expect(Suggestion.distance("kitten", "sitting", most: 2) == nil)
        #expect(Suggestion.distance("kitten", "kit", most: 2) == nil)
    }

    @Test(
        arguments: [
            ("10", "10"), ("10.0", "10"), ("1e3", "1000"), ("1.25E+2", "125"), ("-20e-1", "-2"),
            ("0e-9", "0"), ("1.5", nil), ("1e-1", nil), ("12e-99999999999999999999", nil),
            ("1.5e-9223372036854775808", nil), ("10e-1", "1"),
        ] as [(String, String?)]
    )
    func wholeNumbersMayBeWrittenInAnyWay(text: String, digits: String?) {
        #expect(WholeNumber.digits(of: text) == digits)
    }

    @Test(arguments: ["99999999999999999999", "1e30", "1e99999999999999999999"])
    func wholeNumbersMayBeTooLarge(text: String) {
        #expect(WholeNumber.digits(of: text).map { Int($0) } == .some(nil))
    }

    @Test func distanceCountsSwapsOnce() {
        #expect(Suggestion.distance("ab", "ba") == 1)
        #expect(Suggestion.distance("kitten", "sitting") == 3)
        #expect(Suggestion.distance("", "abc") == 3)
    }
}
