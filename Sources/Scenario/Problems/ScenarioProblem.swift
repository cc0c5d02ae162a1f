/// One fault of a scenario: where it is, what is wrong and what to write instead.
package struct ScenarioProblem: Sendable, Equatable, CustomStringConvertible {
    /// The scenario's file, as it was named.
    package var file: String
    /// Counted from 1; nil when the fault is not in the file's text.
    package var line: Int?
    /// In characters, counted from 1.
    package var column: Int?
    /// The override that the fault is in, as `--set PATH=VALUE`.
    package var setting: String?
    /// Where in the document, such as `devices[0].link`; empty for the document itself.
    package var path: String
    package var problem: String
    /// What to do, beginning with a verb.
    package var remedy: String

    /// `file:line:column: path: problem; remedy`.
    package var description: String {
        var place = setting ?? file
        if let line, let column { place += ":\(line):\(column)" }
        let subject = path.isEmpty ? "" : "\(path): "
        return "\(place): \(subject)\(problem); \(remedy)"
    }
}
