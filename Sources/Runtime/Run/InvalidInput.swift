/// What the user gave cannot be run; every problem says what to write instead.
package struct InvalidInput: Error, Equatable, Sendable, CustomStringConvertible {
    package var problems: [String]

    package init(_ problems: [String]) { self.problems = problems }

    package init(_ problem: String) { self.init([problem]) }

    package var description: String { problems.joined(separator: "\n") }
}
