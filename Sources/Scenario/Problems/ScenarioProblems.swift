/// Every fault that one pass over a scenario found, in the order of the file.
package struct ScenarioProblems: Error, Sendable, Equatable, CustomStringConvertible {
    package var problems: [ScenarioProblem]

    package init(_ problems: [ScenarioProblem]) { self.problems = problems }

    /// One line a problem.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
