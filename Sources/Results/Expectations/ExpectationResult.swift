/// Whether an expectation was met.
package struct ExpectationResult: Codable, Sendable, Equatable {
    /// As in the scenario.
    package var path: String
    /// The comparison as written, such as `< 150ms`.
    package var text: String
    /// What the summary holds there; nil when it holds no number.
    package var actual: Double?
    package var met: Bool
    /// Why it could not be judged; nil when it could.
    package var reason: String?
}
