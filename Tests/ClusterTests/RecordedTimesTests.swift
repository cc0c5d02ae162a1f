import SimulationCore
import Testing

@testable import Cluster

/// Which of another run's durations a request gets.
@Suite struct RecordedTimesTests {
    private func span(_ milliseconds: Int64) -> SimulationDuration { .milliseconds(milliseconds) }

    private func service(
        _ times: inout RecordedTimes,
        sequence: UInt32,
        batch: Int,
        entry: Int = 0
    ) -> SimulationDuration? {
        let task = EdgeTask(
            handle: 0,
            device: 0,
            sequence: sequence,
            operatingPoint: 0,
            link: 0,
            payloadBytes: 0,
            sample: 0
        )
        return times.service(edgeGroup: 0, entry: entry, first: task, batch: batch, seed: 1)
    }

    @Test func `a request's own durations hold for its operating point alone`() throws {
        var times = RecordedTimes()
        for (sequence, point) in [(UInt32(0), 0), (1, 1)] {
            times.add(
                .init(operatingPoint: point, head: span(Int64(point)), encode: span(5)),
                device: 0,
                group: 0,
                sequence: sequence
            )
        }
        for (point, expected) in [(0, Int64(0)), (1, 1)] {
            let found = times.deviceStages(
                group: 0,
                operatingPoint: point,
                seed: 1,
                device: 0,
                sequence: 0
            )
            #expect(try #require(found).head == span(expected))
        }
        #expect(times.counts == .init(replayed: 1, resampled: 1))
    }

    @Test func `a group's durations are not another's`() throws {
        var times = RecordedTimes()
        for group in 0...1 {
            times.add(
                .init(operatingPoint: 0, head: span(Int64(group)), encode: span(5)),
                device: UInt32(group),
                group: group,
                sequence: 0
            )
        }
        for group in 0...1 {
            let found = times.deviceStages(
                group: group,
                operatingPoint: 0,
                seed: 1,
                device: UInt32(group),
                sequence: 7
            )
            #expect(try #require(found).head == span(Int64(group)))
        }
    }

    @Test func `a batch's own span holds for its size and entry alone`() {
        var times = RecordedTimes()
        for (sequence, entry, size) in [(UInt32(0), 0, 1), (1, 0, 2), (2, 1, 1)] {
            times.add(
                .init(edgeGroup: 0, entry: entry, size: size, span: span(Int64(10 * entry + size))),
                replica: 0,
                start: .start,
                device: 0,
                sequence: sequence
            )
        }
        #expect(service(&times, sequence: 0, batch: 1) == span(1))
        #expect(service(&times, sequence: 0, batch: 2) == span(2))
        #expect(service(&times, sequence: 0, batch: 1, entry: 1) == span(11))
        #expect(times.counts == .init(replayed: 1, resampled: 2))
    }

    /// Of two batches, one of which was noted by each of its three requests; the other started at another time, on
    /// another replica, or together with it on another slot.
    @Test(arguments: [(0, 5), (1, 0), (0, 0)])
    func `a batch is one span, however many requests it had`(replica: Int, start: Int64) {
        var times = RecordedTimes()
        for (sequence, milliseconds) in [(0, 1), (1, 1), (2, 1), (3, 2)] as [(UInt32, Int64)] {
            let isOther = sequence == 3
            times.add(
                .init(edgeGroup: 0, entry: 0, size: 3, span: span(milliseconds)),
                replica: isOther ? replica : 0,
                start: .start + span(isOther ? start : 0),
                device: 0,
                sequence: sequence
            )
        }
        let drawn = (UInt32(100)..<2100).map { service(&times, sequence: $0, batch: 3) }
        // A half, give or take four standard errors.
        #expect(abs(drawn.count { $0 == span(1) } - 1000) < 90)
        #expect(Set(drawn) == [span(1), span(2)])
    }
}
