/// Every fault that one pass over a scenario found, in the order of the file.
package struct ScenarioProblems: Error, Sendable, Equatable, CustomStringConvertible {
    package var problems: [ScenarioProblem]

    package init(_ problems: [ScenarioProblem]) { self.problems = problems }

    /// One line a problem.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }

    /// Whether one of these settings, each `PATH=VALUE`, has a problem.
    package func isDue(to settings: [String]) -> Bool {
        let texts = settings.map { "--set \($0)" }
        return problems.contains { $0.setting.map(texts.contains) ?? false }
    }
}
