import Cluster
import Results
import Scenario
import SimulationCore

/// What the processes of a wall run have counted and measured, added up.
struct WallCounts {
    private var releases = PacingStatistics()
    private var deliveries = PacingStatistics()
    private var issues = PacingStatistics()
    private var timers = PacingStatistics()
    private var exchanges = PacingStatistics()
    private var malformed = 0
    /// By device group: what was spent on requests after they had ended.
    private(set) var abandonedNanojoules: [Int128] = []
    /// Of devices and of servers, whose times each follow one another.
    private var deviceTable = ProfileTable()
    private var edgeTable = ProfileTable()
    /// By replica.
    private var replicas: [Int: ReplicaReport] = [:]

    mutating func add(_ report: DeviceHostReport) {
        releases.add(report.releases)
        issues.add(report.issues)
        timers.add(report.timers)
        exchanges.add(report.exchanges)
        malformed += report.malformed
        deviceTable.add(report.measurements)
        let abandoned = report.abandonedNanojoules.map { Int128($0) }
        abandonedNanojoules =
            abandonedNanojoules.isEmpty
            ? abandoned : zip(abandonedNanojoules, abandoned).map(+)
    }

    mutating func add(_ report: ReplicaReport, of replica: Int) {
        releases.add(report.releases)
        deliveries.add(report.deliveries)
        timers.add(report.timers)
        malformed += report.malformed
        edgeTable.add(report.measurements)
        replicas[replica] = report
    }

    mutating func add(_ report: GatewayReport) {
        timers.add(report.timers)
        malformed += report.malformed
    }

    var pacing: PacingSummary {
        var pacing = PacingSummary()
        pacing.releases = .init(releases)
        pacing.issues = .init(issues)
        pacing.deliveries = .init(deliveries)
        pacing.timers = .init(timers)
        pacing.exchanges = .init(exchanges)
        return pacing
    }

    /// How long every stage took that was executed, if that was asked for.
    var measurements: [ServiceProfile.Measurement] {
        deviceTable.measurements + edgeTable.measurements
    }

    /// Sentences that say why real time did not keep up, or what was lost.
    var invalidReasons: [String] {
        var reasons: [String] = []
        if let latenessReason { reasons.append(latenessReason) }
        if malformed > 0 {
            reasons.append("\(malformed) messages between workers were refused.")
        }
        return reasons
    }

    /// What was late more often than is allowed, the rule, and what helps; nil when nothing was.
    private var latenessReason: String? {
        let late = [
            ("the results released", releases), ("the requests issued", issues),
            ("the requests that came to edge servers", deliveries),
            ("all timers, links' included", timers),
        ].filter(\.1.isTooLate).map { "of \($0), \(LatenessSummary($1).text)" }
        guard !late.isEmpty else { return nil }
        return "The run fell behind: \(late.joined(separator: "; ")). \(PacingStatistics.rule)"
    }

    /// One for each replica, in order; a lost one has served nothing.
    ///
    /// They are observed for as long as under the virtual clock: while requests were issued, and until none of them
    /// had anything left to do or they were stopped.
    ///
    /// - Parameters:
    ///   - scenario: the run's.
    ///   - issueEnd: when the last request could be issued.
    /// - Returns: their figures.
    func edges(of scenario: Scenario, issueEnd: SimulationTime) -> [EdgeStatistics] {
        let reports = scenario.replicaNames.indices.map { replicas[$0] ?? ReplicaReport() }
        let last =
            reports.contains(where: \.isServing)
            ? .max : reports.reduce(issueEnd.nanoseconds) { max($0, $1.lastEndNanoseconds) }
        return scenario.edgeStatistics(
            reports.map(\.statistics),
            observed: reports.map {
                SimulationDuration(nanoseconds: max(min($0.observedNanoseconds, last), 1))
            }
        )
    }
}
