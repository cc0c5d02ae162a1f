/// All that a scenario is read from: hand it to another process, and it reads the same scenario.
package struct ScenarioSource: Sendable, Equatable, Codable {
    /// The file's name, for messages.
    package var file: String
    package var text: String
    /// What relative paths start from; absolute.
    package var baseDirectory: String
    /// Settings `PATH=VALUE` that replace parts of the document, applied in order.
    package var overrides: [String]

    package init(file: String, text: String, baseDirectory: String, overrides: [String] = []) {
        self.file = file
        self.text = text
        self.baseDirectory = baseDirectory
        self.overrides = overrides
    }
}
