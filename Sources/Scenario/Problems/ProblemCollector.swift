/// Gathers the problems of one pass.
final class ProblemCollector {
    let file: String
    private var problems: [(location: Location, problem: ScenarioProblem)] = []

    init(file: String) { self.file = file }

    var isEmpty: Bool { problems.isEmpty }

    func add(_ location: Location, path: String, _ problem: String, _ remedy: String) {
        var entry = ScenarioProblem(file: file, path: path, problem: problem, remedy: remedy)
        switch location {
        case .text(let line, let column): (entry.line, entry.column) = (line, column)
        case .setting(let text): entry.setting = text
        case .standard: break
        }
        problems.append((location, entry))
    }

    /// All problems by line and column; those without a line last, in the order found.
    var sorted: ScenarioProblems {
        let order = problems.enumerated().sorted { left, right in
            Self.key(left.element.location, left.offset)
                < Self.key(right.element.location, right.offset)
        }
        return ScenarioProblems(order.map(\.element.problem))
    }

    private static func key(_ location: Location, _ offset: Int) -> (Int, Int, Int) {
        if case .text(let line, let column) = location { return (line, column, offset) }
        return (Int.max, Int.max, offset)
    }
}
