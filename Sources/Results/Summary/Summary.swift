package import Foundation

/// All figures of a run: what `summary.json` holds.
///
/// Durations are in nanoseconds, sizes in bytes, energies in joules, rates per second. Equal virtual runs on one
/// host give equal bytes: nothing in here tells the date or how long the computing took.
package struct Summary: Codable, Sendable, Equatable {
    /// Counted up when a member changes its meaning.
    package static let currentSchema = 1

    package var schema = Self.currentSchema
    package var scenario: String
    package var seed: UInt64
    /// `virtual` or `wall`.
    package var clock: String
    /// Issuing stopped here.
    package var duration: Int64
    /// Nil when the scenario asks for none.
    package var precision: PrecisionSummary?
    /// How much slower than real time a wall run's clock went; nil for a virtual run.
    package var dilation: Double?
    /// Hexadecimal; of the outcomes alone for a wall run.
    package var digest: String
    /// Which requests are in the record: `all`, `none`, or `sample=` and the fraction.
    package var record: String
    package var validity: Validity
    /// What accuracy is measured against; nil for synthetic work.
    package var accuracyReference: AccuracyReference?
    /// Its members stand at the top level of the JSON.
    package var traffic: TrafficSummary
    package var edges: [EdgeSummary]
    package var groups: [GroupSummary]
    package var expectations: [ExpectationResult]
    package var host: HostDescription
    /// Nil for a wall run and for synthetic work, which use none.
    package var profile: ProfileDescription?
    /// Nil for a virtual run, which is never late.
    package var pacing: PacingSummary?
    /// Nil unless a virtual run replayed a wall run's durations.
    package var replay: ReplaySummary?

    /// Whether every expectation was met.
    package var meetsExpectations: Bool { expectations.allSatisfy(\.met) }

    /// The contents of `summary.json`.
    package var json: String { tree.json }

    /// The JSON, for looking up paths.
    var tree: SummaryValue { SummaryEncoder.encode(self) }
}

extension Summary {
    /// - Throws: `DecodingError`.
    package init(json: Data) throws {
        self = try JSONDecoder().decode(Self.self, from: json)
    }
}
