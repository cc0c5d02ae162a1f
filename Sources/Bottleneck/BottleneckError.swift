/// What a unit, its bundle or its design was refused for: what failed, on what, and how to put it right.
package struct BottleneckError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file, tensor or part that it is about.
    package var subject: String
    package var reason: String
    /// What the user can do.
    package var remedy: String

    package init(_ subject: String, _ reason: String, remedy: String) {
        self.subject = subject
        self.reason = reason
        self.remedy = remedy
    }

    package var description: String { "\(subject): \(reason); \(remedy)" }
}
