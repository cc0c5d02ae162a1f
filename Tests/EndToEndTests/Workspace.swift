import Foundation
import Testing

/// A temporary folder that goes with the last reference to it.
final class Workspace: Sendable {
    let folder: String

    init() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "simcoord-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        folder = path
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            Issue.record("\(folder) was not removed: \(error)")
        }
    }

    func path(_ name: String) -> String { folder + "/" + name }

    /// Writes a file and returns its path.
    func write(_ content: some DataProtocol, to name: String) throws -> String {
        try Data(content).write(to: URL(filePath: path(name)))
        return path(name)
    }

    /// Writes `SyntheticScenario.twoServers`, and returns its path.
    func writeSynthetic() throws -> String {
        try write(Data(SyntheticScenario.twoServers.utf8), to: "synthetic.json")
    }

    /// Runs simcoord in this folder, at most two minutes.
    func run(_ arguments: String...) throws -> Finished {
        try Execution(arguments, in: self).wait()
    }

    /// Runs a scenario with a folder `out` and the shared cache, which later arguments may override.
    func simulate(
        _ scenario: String,
        out: String = "out",
        cache: String? = nil,
        _ arguments: String...
    ) throws -> Finished {
        try start(scenario, out: out, cache: cache, arguments).wait()
    }

    /// Like `simulate`, without waiting.
    func start(
        _ scenario: String,
        out: String = "out",
        cache: String? = nil,
        _ arguments: [String]
    ) throws -> Execution {
        let cache = try #require(cache ?? SharedCache.folder)
        let options = [scenario, "--out", path(out), "--cache", cache]
        return try Execution(options + arguments, in: self)
    }

    func summary(_ out: String = "out") throws -> Data {
        try Data(contentsOf: URL(filePath: path(out) + "/summary.json"))
    }

    func digest(_ out: String = "out") throws -> String {
        try JSONDecoder().decode(RunFigures.self, from: summary(out)).digest
    }
}
