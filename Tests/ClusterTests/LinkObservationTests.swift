import SimulationCore
import Testing

@testable import Cluster

/// What a device makes of what it has seen, which the policies go by.
@Suite struct LinkObservationTests {
    private func seconds(_ count: Int64) -> SimulationTime { .start + .seconds(count) }

    /// Sees 100 bytes take so many microseconds, until `time`.
    private func see(
        _ microseconds: Int64,
        at time: SimulationTime,
        _ observation: inout LinkObservation
    ) {
        observation.seesUplink(bytes: 100, took: .microseconds(microseconds), at: time)
        observation.advance(to: time)
    }

    @Test func `the newest of what was seen has a weight of 0.3`() {
        var observation = LinkObservation(points: 2)
        see(100, at: seconds(1), &observation)
        #expect(observation.nanosecondsPerByte == 1000)
        see(200, at: seconds(2), &observation)
        #expect(observation.nanosecondsPerByte == 1300)
        for milliseconds in [10, 20] as [Int64] {
            // Not more than the lifetime apart.
            let time = seconds(milliseconds)
            let atSite = SimulationDuration.milliseconds(milliseconds / 2)
            observation.sawReply(after: .milliseconds(milliseconds), atSite: atSite, at: time)
            observation.sawCompute(.milliseconds(milliseconds), operatingPoint: 1)
        }
        #expect(observation.remote == 13e6 && observation.site == 6.5e6)
        #expect(observation.compute == [nil, 13e6])
    }

    /// After its lifetime an estimate serves on, but the next sight stands alone.
    @Test(arguments: [(0, 1300.0), (1, 2000)])
    func `an old estimate does not bear on the next one`(later: Int64, expected: Double) {
        var observation = LinkObservation(points: 1)
        see(100, at: seconds(1), &observation)
        let time = seconds(11) + SimulationDuration(nanoseconds: later)
        observation.advance(to: time)
        #expect(observation.nanosecondsPerByte == 1000)
        see(200, at: time, &observation)
        #expect(observation.nanosecondsPerByte == expected)
    }

    @Test(arguments: [(0, 13e6), (1, 20e6)])
    func `an old reply does not bear on the next one`(later: Int64, expected: Double) {
        var observation = LinkObservation(points: 1)
        observation.sawReply(after: .milliseconds(10), atSite: .zero, at: seconds(1))
        let time = seconds(11) + SimulationDuration(nanoseconds: later)
        observation.sawReply(after: .milliseconds(20), atSite: .milliseconds(3), at: time)
        #expect(observation.remote == expected)
        #expect(observation.site == (later == 0 ? 0.9e6 : 3e6))
    }

    /// A link names the end of a transmission ahead; the device learns of it then.
    @Test func `a transmission is seen when it ends`() {
        var observation = LinkObservation(points: 1)
        observation.seesUplink(bytes: 100, took: .microseconds(100), at: seconds(5))
        observation.advance(to: seconds(5) - SimulationDuration(nanoseconds: 1))
        #expect(observation.nanosecondsPerByte == nil)
        observation.advance(to: seconds(5))
        #expect(observation.nanosecondsPerByte == 1000)
    }

    @Test func `of ten requests without a sight of the link one may try it`() {
        var observation = LinkObservation(points: 1)
        see(100, at: seconds(1), &observation)
        func trials(_ requests: Int, at time: SimulationTime) -> [Int] {
            (1...requests).filter { _ in observation.allowsTrial(at: time) }
        }
        // The first nine come within the estimate's lifetime, and count.
        #expect(trials(9, at: seconds(11)).isEmpty)
        #expect(trials(31, at: seconds(12)) == [1, 11, 21, 31])
        // They count from the latest sight.
        #expect(trials(5, at: seconds(13)).isEmpty)
        see(100, at: seconds(14), &observation)
        #expect(trials(10, at: seconds(30)) == [10])
    }
}
