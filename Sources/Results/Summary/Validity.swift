/// Whether a run's figures can be relied on.
package struct Validity: Codable, Sendable, Equatable {
    package var valid: Bool
    /// Sentences that say why not; empty for a valid run.
    package var reasons: [String]

    package init(reasons: [String] = []) {
        self.valid = reasons.isEmpty
        self.reasons = reasons
    }
}
