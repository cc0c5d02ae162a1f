import Cluster
import Inference
import Scenario
import SimulationCore
import TestSupport
import Testing

@testable import Runtime

@Suite(
    .serialized,
    .enabled(if: PackageFolder.hasImages, "Fashion-MNIST is not unpacked; run Tools/bootstrap")
)
struct ProfileRunTests {
    /// A scenario of two operating points, one of which has a head.
    private static func scenario() throws -> Scenario {
        var scenario = try ScenarioLoader.load(path: ProfileFixture.scenarios + "quickstart.json")
        scenario.operatingPoints = [
            OperatingPoint(name: "raw", kind: .raw),
            OperatingPoint(name: "waist", kind: .splitQuantized(tensor: "waist", bits: 8)),
        ]
        return scenario
    }

    private static func options(repetitions: Int) -> ProfileRun.Options {
        var options = ProfileRun.Options(command: "test")
        options.repetitions = repetitions
        options.batchSizes = [1, 2]
        options.busySlots = [1, 2]
        options.isQuiet = true
        return options
    }

    @Test func everyStageIsMeasuredAsOftenAsWanted() throws {
        let options = Self.options(repetitions: 7)
        let profile = try ProfileRun(Self.scenario(), engine: InferenceEngine(), options: options)
            .measure()
        let tails = ["network", "waist"].flatMap { key in
            [1, 2].flatMap { busy in
                [1, 2].map { "tail “\(key)” of batch \($0) with \(busy) busy" }
            }
        }
        let others = [
            "head “waist” of batch 1", "encode “raw” of batch 1", "encode “waist 8 bit” of batch 1",
            "decode “raw” of batch 1", "decode “raw” of batch 2",
            "decode “waist 8 bit” of batch 1", "decode “waist 8 bit” of batch 2",
        ]
        #expect(
            profile.measurements.map(\.name)
                == (others.map { $0 + " with 1 busy" } + tails).map { "the measurement " + $0 }
        )
        for measurement in profile.measurements {
            #expect(measurement.nanoseconds.count == 7, "\(measurement.name)")
            #expect(measurement.nanoseconds.allSatisfy { $0 > 0 }, "\(measurement.name)")
        }
        #expect(profile.problems.isEmpty)
        #expect(profile.estimate == nil)
        #expect(try ServiceProfile.load(path: ProfileFixture.reference).network == profile.network)
    }

    @Test func whatWouldTakeTooLongIsRefused() throws {
        var options = Self.options(repetitions: 1_000_000)
        options.limit = 1
        let run = try ProfileRun(Self.scenario(), engine: InferenceEngine(), options: options)
        let error = #expect(throws: InvalidInput.self) { try run.measure() }
        let text = "\(try #require(error))"
        #expect(text.hasPrefix("measuring would take about "))
        #expect(
            text.hasSuffix(
                "more than the 1 s allowed; give the scenario fewer operating points, a smaller "
                    + "batch.max or fewer slots"
            )
        )
    }

    @Test func syntheticWorkIsRefused() throws {
        let constant = DurationDistribution.constant(.seconds(1))
        var scenario = try Self.scenario()
        scenario.workload = .synthetic(
            SyntheticWorkload(payloadBytes: 1, resultBytes: 1, device: constant, edge: constant)
        )
        let run = try ProfileRun(
            scenario,
            engine: InferenceEngine(),
            options: Self.options(repetitions: 1)
        )
        let error = #expect(throws: InvalidInput.self) { try run.measure() }
        #expect("\(try #require(error))".hasPrefix("model.synthetic: "))
    }

    @Test(arguments: [(1, [1]), (2, [1, 2]), (6, [1, 2, 4, 6]), (16, [1, 2, 4, 8, 16])])
    func sizesDoubleUpToTheMost(most: Int, sizes: [Int]) {
        #expect(ProfileJob.doublings(to: most) == sizes)
    }
}
