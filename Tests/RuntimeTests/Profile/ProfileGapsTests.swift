import Cluster
import Scenario
import TestSupport
import Testing

@testable import Runtime

@Suite(.enabled(if: PackageFolder.hasImages, "Fashion-MNIST is not unpacked; run Tools/bootstrap"))
struct ProfileGapsTests {
    /// A policy that may choose the second and third of three points, which share a tail.
    private static func scenario() throws -> Scenario {
        var scenario = try ScenarioLoader.load(path: ProfileFixture.scenarios + "quickstart.json")
        scenario.operatingPoints = [
            OperatingPoint(name: "raw", kind: .raw),
            OperatingPoint(name: "fine", kind: .splitQuantized(tensor: "waist", bits: 8)),
            OperatingPoint(name: "coarse", kind: .splitQuantized(tensor: "waist", bits: 2)),
        ]
        scenario.devices[0].policy = .deadline([1, 2])
        scenario.edges[0].batch.max = 4
        return scenario
    }

    private static func jobs() throws -> [ProfileJob] {
        ProfileJob.all(try scenario().operatingPoints, batches: [1, 4], busySlots: [1])
    }

    private static func measured(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        batch: Int = 1
    ) -> ServiceProfile.Measurement {
        .init(stage: stage, key: key, batch: batch, busySlots: 1, nanoseconds: [1])
    }

    /// The codec of one point, and the head that both have.
    private static let one = [
        measured(.head, "waist"), measured(.encode, "waist 8 bit"),
        measured(.decode, "waist 8 bit"),
    ]
    private static let other = [
        measured(.encode, "waist 2 bit"), measured(.decode, "waist 2 bit"),
    ]

    @Test func whatNoPolicyChoosesIsNotMissing() throws {
        let gaps = try ProfileGaps(in: [], of: Self.scenario())
        #expect(
            try Self.jobs().filter(gaps.includes) == [
                .device(point: 1), .device(point: 2), .decode(point: 1), .decode(point: 2),
                .tail(point: 1, batch: 1, busySlots: 1), .tail(point: 1, batch: 4, busySlots: 1),
            ]
        )
    }

    @Test func oneSizeOfATailIsTooFewUnlessItIsTheLargest() throws {
        var scenario = try Self.scenario()
        let gaps = ProfileGaps(in: Self.one + [Self.measured(.tail, "waist")], of: scenario)
        #expect(
            try Self.jobs().filter(gaps.includes) == [
                .device(point: 2), .decode(point: 2),
                .tail(point: 1, batch: 1, busySlots: 1), .tail(point: 1, batch: 4, busySlots: 1),
            ]
        )
        #expect(!gaps.lacks(.head, "waist") && gaps.lacks(.encode, "waist 2 bit"))
        scenario.edges[0].batch.max = 1
        let all = Self.one + Self.other + [Self.measured(.tail, "waist")]
        #expect(ProfileGaps(in: all, of: scenario).isEmpty)
    }

    @Test func nothingIsMissingWhereTwoSizesOfEachTailWereMeasured() throws {
        let tails = [1, 2].map { Self.measured(.tail, "waist", batch: $0) }
        let gaps = try ProfileGaps(in: Self.one + Self.other + tails, of: Self.scenario())
        #expect(gaps.isEmpty)
    }
}
