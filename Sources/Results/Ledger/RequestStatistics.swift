import Cluster
import SimulationCore

/// The running figures of a group's requests.
///
/// Sums are integers, so that they do not depend on the order in which requests end.
struct RequestStatistics {
    /// The requests that chose one operating point.
    struct Point {
        var count = 0
        var completed = 0
        /// Of the completed ones.
        var payloadBytes: Int64 = 0
        var judged = 0
        var correct = 0
    }

    private(set) var issued = 0
    /// Indexed by `RequestState.rawValue`.
    private(set) var states = InlineArray<7, Int>(repeating: 0)
    private(set) var latency = DurationStatistics()
    /// Indexed by `Stage.rawValue`; over completed requests.
    private(set) var stages = InlineArray<9, DurationStatistics>(repeating: DurationStatistics())
    private(set) var withDeadline = 0
    /// Completed, and in time where there is a deadline.
    private(set) var good = 0
    /// Completed in time among those with a deadline.
    private(set) var inTime = 0
    /// Completed requests whose prediction was compared with a label.
    private(set) var judged = 0
    private(set) var correct = 0
    private(set) var payloadBytes: Int64 = 0
    private(set) var completedPayloadBytes: Int64 = 0
    private(set) var energyNanojoules: Int128 = 0
    private(set) var points: [Point]
    /// When the last request completed.
    private(set) var lastCompletion = SimulationTime.start
    /// Records whose times go back, or which completed without a time; they are counted in `states` only.
    private(set) var inconsistent = 0

    init(operatingPointCount: Int) {
        points = Array(repeating: Point(), count: operatingPointCount)
    }

    /// Takes a request that has ended.
    ///
    /// - Returns: its latency when it completed with times in order, else nil.
    @discardableResult
    mutating func record(
        _ record: RequestRecord,
        deadline: SimulationDuration?
    ) -> SimulationDuration? {
        issued += 1
        states[Int(record.state.rawValue)] += 1
        payloadBytes += Int64(record.payloadBytes)
        energyNanojoules += Int128(record.energyNanojoules)
        if deadline != nil { withDeadline += 1 }
        if let point = record.operatingPoint { points[Int(point)].count += 1 }
        guard case .completed = record.state else { return nil }
        let stageLengths = record.stageLengths
        let lengths = stageLengths.span
        guard record.completed != .absent, record.issued != .absent,
            lengths.indices.allSatisfy({ lengths[$0] >= .zero })
        else {
            inconsistent += 1
            return nil
        }
        for stage in lengths.indices { stages[stage].record(lengths[stage]) }
        return recordCompletion(record, deadline: deadline)
    }

    private mutating func recordCompletion(
        _ record: RequestRecord,
        deadline: SimulationDuration?
    ) -> SimulationDuration {
        let duration = record.completed - record.issued
        latency.record(duration)
        lastCompletion = max(lastCompletion, record.completed)
        if let deadline {
            if duration <= deadline {
                inTime += 1
                good += 1
            }
        } else {
            good += 1
        }
        completedPayloadBytes += Int64(record.payloadBytes)
        let isJudged = record.isCorrect == nil ? 0 : 1
        let isCorrect = record.isCorrect == true ? 1 : 0
        judged += isJudged
        correct += isCorrect
        guard let point = record.operatingPoint.map({ Int($0) }) else { return duration }
        points[point].completed += 1
        points[point].payloadBytes += Int64(record.payloadBytes)
        points[point].judged += isJudged
        points[point].correct += isCorrect
        return duration
    }

    /// Adds what was spent on requests after they had ended.
    mutating func addAbandoned(nanojoules: Int128) { energyNanojoules += nanojoules }

    mutating func add(_ other: Self) {
        issued += other.issued
        for index in states.indices { states[index] += other.states[index] }
        latency.add(other.latency)
        for index in stages.indices { stages[index].add(other.stages[index]) }
        withDeadline += other.withDeadline
        good += other.good
        inTime += other.inTime
        judged += other.judged
        correct += other.correct
        payloadBytes += other.payloadBytes
        completedPayloadBytes += other.completedPayloadBytes
        energyNanojoules += other.energyNanojoules
        lastCompletion = max(lastCompletion, other.lastCompletion)
        inconsistent += other.inconsistent
        for index in points.indices { points[index].add(other.points[index]) }
    }
}

extension RequestStatistics.Point {
    fileprivate mutating func add(_ other: Self) {
        count += other.count
        completed += other.completed
        payloadBytes += other.payloadBytes
        judged += other.judged
        correct += other.correct
    }
}
