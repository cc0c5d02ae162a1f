/// A statement about the summary that the run must meet.
package struct Expectation: Sendable, Equatable {
    /// Dotted path into `summary.json`.
    package var path: String
    package var comparison: Comparison
    /// As in the summary: nanoseconds for durations, bytes for sizes, joules for energies, requests per second for rates.
    package var value: Double
    /// As written, for messages.
    package var text: String
    /// Where it is written, `file:line:column` or the setting, for messages.
    package var place: String

    package init(
        path: String,
        comparison: Comparison,
        value: Double,
        text: String,
        place: String = ""
    ) {
        self.path = path
        self.comparison = comparison
        self.value = value
        self.text = text
        self.place = place
    }

    package enum Comparison: String, Sendable, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case equal = "=="
        case notEqual = "!="
        case greaterOrEqual = ">="
        case greater = ">"
    }
}
