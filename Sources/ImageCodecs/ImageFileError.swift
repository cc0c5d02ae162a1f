/// What is wrong with a file or folder of images or labels.
package struct ImageFileError: Error, Equatable {
    /// The path of the file or folder.
    package let file: String
    /// What is wrong with it, as the rest of a sentence that begins with the file.
    package let problem: String
    /// How to put it right.
    package let remedy: String
}

extension ImageFileError: CustomStringConvertible {
    package var description: String { "\(file): \(problem); \(remedy)" }
}
