/// Why a file is not the IDX file that was wanted.
package struct IDXError: Error, Equatable, CustomStringConvertible {
    package var file: String
    package var problem: String
    package var remedy: String

    package init(file: String, problem: String, remedy: String) {
        self.file = file
        self.problem = problem
        self.remedy = remedy
    }

    package var description: String { "\(file): \(problem); \(remedy)" }
}
