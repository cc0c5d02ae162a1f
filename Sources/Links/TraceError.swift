/// Why a trace was refused: where, what is wrong, and what to write instead.
package struct TraceError: Error, Equatable, CustomStringConvertible {
    package var file: String
    /// Counted from 1; nil when the fault is not on one line.
    package var line: Int?
    package var problem: String
    package var remedy: String

    package init(file: String, line: Int?, problem: String, remedy: String) {
        self.file = file
        self.line = line
        self.problem = problem
        self.remedy = remedy
    }

    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): \(problem); \(remedy)"
    }
}
