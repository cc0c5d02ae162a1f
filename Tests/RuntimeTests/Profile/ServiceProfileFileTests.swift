import Cluster
import Foundation
import SimulationCore
import Testing

@testable import Runtime

@Suite struct ServiceProfileFileTests {
    private static let end = "; measure one with `simcoord profile SCENARIO --out FILE`"

    @Test(arguments: [nil, "line\none"])
    func whatIsSavedLoadsAndSavesToTheSameBytes(estimate: String?) throws {
        var profile = ProfileFixture.profile
        profile.estimate = estimate
        try ProfileFixture.withFile("") { path in
            try profile.save(path: path)
            let first = try Data(contentsOf: URL(fileURLWithPath: path))
            let loaded = try ServiceProfile.load(path: path)
            try loaded.save(path: path)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
            profile.measurements[0].nanoseconds.sort()
            #expect(loaded == profile)
        }
    }

    @Test func samplesWithAnOrderKeepIt() throws {
        var profile = ProfileFixture.profile
        profile.measurements[0].spanNanoseconds = 30
        let loaded = try ProfileFixture.withFile(profile.json) { try ServiceProfile.load(path: $0) }
        #expect(loaded == profile)
        profile.measurements[0].spanNanoseconds = 0
        let name = "the measurement head “waist” of batch 1 with 1 busy"
        #expect(
            try ProfileFixture.refusals(of: profile.json)
                == ["FILE: \(name) has a spanNanoseconds that is not positive" + Self.end]
        )
    }

    @Test func aProcessorServesADevice() throws {
        var profile = ProfileFixture.profile
        profile.devicesPerProcessor = 40
        let loaded = try ProfileFixture.withFile(profile.json) { try ServiceProfile.load(path: $0) }
        #expect(loaded.devicesPerProcessor == 40)
        profile.devicesPerProcessor = 0
        #expect(
            try ProfileFixture.refusals(of: profile.json)
                == ["FILE: devicesPerProcessor is 0, not at least 1" + Self.end]
        )
    }

    @Test func momentsAndIdleTimesAreKeptBesideTheirSamples() throws {
        var profile = ProfileFixture.profile
        let count = profile.measurements[0].nanoseconds.count
        profile.measurements[0].spanNanoseconds = 30
        profile.measurements[0].takenNanoseconds = (0..<Int64(count)).map { 2 * $0 }
        profile.measurements[0].idleNanoseconds = (0..<Int64(count)).reversed()
        let loaded = try ProfileFixture.withFile(profile.json) { try ServiceProfile.load(path: $0) }
        #expect(loaded == profile)
    }

    /// By moments and idle times of the first measurement and its span, and what the refusal says of it.
    @Test(
        arguments: [
            ([-1, 0, 0], nil, 30, "has a takenNanoseconds that is not in 0…30"),
            ([0, 30, 31], nil, 30, "has a takenNanoseconds that is not in 0…30"),
            ([0, 2, 1], nil, 30, "has a takenNanoseconds that is not ascending"),
            ([0], nil, 30, "has 3 times and 1 moments of them"),
            ([0, 0, 0], nil, nil, "has a takenNanoseconds and no spanNanoseconds"),
            (nil, [0, -1, 0], 30, "has a negative idle time"),
            (nil, [0], 30, "has 3 times and 1 idle times"),
            (nil, [0, 0, 0], nil, "has an idleNanoseconds and no spanNanoseconds"),
        ] as [([Int64]?, [Int64]?, Int64?, String)]
    )
    func timesThatFitNoSamplesAreRefused(
        moments: [Int64]?,
        idleTimes: [Int64]?,
        span: Int64?,
        problem: String
    ) throws {
        var profile = ProfileFixture.profile
        profile.measurements[0].nanoseconds = [1, 2, 3]
        profile.measurements[0].spanNanoseconds = span
        profile.measurements[0].takenNanoseconds = moments
        profile.measurements[0].idleNanoseconds = idleTimes
        let name = "the measurement head “waist” of batch 1 with 1 busy"
        #expect(
            try ProfileFixture.refusals(of: profile.json) == ["FILE: \(name) \(problem)" + Self.end]
        )
    }

    /// What workers measured side by side is one time after another.
    @Test func workersAreLivedThroughOneAfterAnother() {
        var table = ProfileTable()
        for worker in 0..<2 {
            var own = ProfileTable(spanNanoseconds: 100)
            for sample in [5, 6, 7] {
                let moment = Self.moment(Int64(50 + sample), idleTime: Int64(sample - 5))
                own.add(.tail, "waist", at: moment, Int64(10 * worker + sample))
            }
            // Taken while the last requests left.
            if worker == 1 { own.add(.decode, "unit", at: Self.moment(120, idleTime: 0), 1) }
            table.add(own.measurements)
        }
        let all = table.measurements
        #expect(all.map(\.nanoseconds) == [[1], [5, 6, 7, 15, 16, 17]])
        // Of what one worker alone has done, too: the moments of both kinds are the same.
        #expect(all.map(\.spanNanoseconds) == [200, 200])
        #expect(all.map(\.takenNanoseconds) == [[200], [55, 56, 57, 155, 156, 157]])
        #expect(all.map(\.idleNanoseconds) == [[0], [0, 1, 2, 0, 1, 2]])
    }

    private static func moment(_ time: Int64, idleTime: Int64) -> ProfileTable.Moment {
        ProfileTable.Moment(
            time: SimulationTime(nanoseconds: time),
            idleTime: SimulationDuration(nanoseconds: idleTime)
        )
    }

    @Test func aFullTableKeepsTheFirstSamplesAndTheirIdleTimes() {
        var table = ProfileTable(bound: 2, spanNanoseconds: 100)
        for sample in 1...3 {
            let moment = Self.moment(Int64(sample), idleTime: Int64(10 * sample))
            table.add(.tail, "waist", at: moment, Int64(sample))
        }
        #expect(table.measurements.map(\.nanoseconds) == [[1, 2]])
        #expect(table.measurements.map(\.idleNanoseconds) == [[10, 20]])
    }

    @Test(arguments: [ProfileFixture.reference, ProfileFixture.gpu])
    func shippedProfilesAreInTheFormThatSavingGives(path: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(try Data(ServiceProfile.load(path: path).json.utf8) == bytes)
    }

    @Test func aFileThatIsMissingIsRefused() {
        let path = "/nowhere/profile.json"
        #expect(throws: InvalidInput("\(path): the profile cannot be read" + Self.end)) {
            try ServiceProfile.load(path: path)
        }
        let remedy = "; name a file in a folder that exists and may be written to"
        #expect(throws: InvalidInput("\(path): the profile cannot be written" + remedy)) {
            try ProfileFixture.profile.save(path: path)
        }
    }

    /// By text that is replaced, its replacement, and what the refusal says.
    @Test(arguments: [
        (#"{"schema":1,"#, "[", "this is no profile (it is not JSON)"),
        (#""schema":1"#, #""schema":2"#, "the profile has schema 2, and this version reads 1"),
        (#""schema":1"#, #""scheme":1"#, "this is no profile (the file lacks “schema”)"),
        (#""cores":2"#, #""cores":"2""#, "this is no profile (host.cores has the wrong type)"),
        (#""cores":2"#, #""kernels":2"#, "this is no profile (host lacks “cores”)"),
        (
            #""nanoseconds":[3,"#, #""nanoseconds":[1.5,"#,
            "this is no profile (a number is not a whole one that fits in 64 bits)"
        ),
        (
            #""nanoseconds":[3,"#, #""nanoseconds":[1000000000000000000000000000000,"#,
            "this is no profile (a number is not a whole one that fits in 64 bits)"
        ),
        (
            #""stage":"tail""#, #""stage":"tale""#,
            "this is no profile (measurements[1].stage has a value that is not allowed)"
        ),
    ])
    func whatIsNoProfileIsRefused(text: String, replacement: String, problem: String) throws {
        let json = ProfileFixture.profile.json
        try #require(json.contains(text))
        let refusals = try ProfileFixture.refusals(of: json.replacing(text, with: replacement))
        #expect(refusals == ["FILE: \(problem)" + Self.end])
    }

    /// By samples of the first measurement, and what the refusal says of it.
    @Test(
        arguments: [
            ([], "has no samples"), ([3, -1], "has a negative time"),
            ([3_600_000_000_001], "has a time of more than an hour"),
        ] as [([Int64], String)]
    )
    func samplesThatNothingCanTakeAreRefused(samples: [Int64], problem: String) throws {
        var profile = ProfileFixture.profile
        profile.measurements[0].nanoseconds = samples
        let name = "the measurement head “waist” of batch 1 with 1 busy"
        #expect(
            try ProfileFixture.refusals(of: profile.json) == ["FILE: \(name) \(problem)" + Self.end]
        )
    }

    @Test func everyProblemIsNamedAtOnce() throws {
        var profile = ProfileFixture.profile
        profile.measurements[0].batch = 2
        profile.measurements[1].busySlots = 0
        profile.measurements.append(profile.measurements[1])
        profile.measurements[2].busySlots = 1
        profile.measurements.append(profile.measurements[2])
        let names = [
            "head “waist” of batch 2 with 1 busy has a batch that is not in 1…1",
            "tail “waist” of batch 4 with 0 busy has busy slots that are not in 1…1024",
            "tail “waist” of batch 4 with 1 busy is there twice",
        ]
        #expect(
            try ProfileFixture.refusals(of: profile.json)
                == names.map { "FILE: the measurement \($0)" + Self.end }
        )
        profile.measurements = []
        #expect(
            try ProfileFixture.refusals(of: profile.json)
                == ["FILE: the profile holds no measurement" + Self.end]
        )
    }

    @Test func aProfileOfAnotherNetworkIsRefused() throws {
        let profile = ProfileFixture.profile
        try profile.check(network: profile.network, path: "p.json")
        let problem =
            "p.json: the profile was measured with another network "
            + "(SHA-256 0f0f0f0f0f0f…, not abababababab…)" + Self.end
        #expect(throws: InvalidInput(problem)) {
            try profile.check(network: String(repeating: "ab", count: 32), path: "p.json")
        }
    }
}
