import Foundation
import Testing

extension EndToEndTests {
    @Suite struct CacheTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        private func run(_ out: String, cache: String) throws -> Finished {
            try workspace.simulate(
                Repository.quickstart,
                out: out,
                cache: workspace.path(cache),
                "--set",
                "duration=5s",
                "--set",
                "dataset.limit=40",
                "--quiet",
                "--workers",
                "1"
            )
        }

        @Test func `a damaged entry is computed again`() throws {
            #expect(try !run("first", cache: "cache").children.isEmpty)
            let cache = workspace.path("cache")
            let names = try FileManager.default.contentsOfDirectory(atPath: cache).sorted()
            // One for each level of the unit.
            #expect(names.count == 8)
            let path = cache + "/" + (try #require(names.first))
            let sound = try Repository.bytes(path)
            var damaged = sound
            damaged[damaged.count / 2] ^= 1
            for content in [damaged, sound.prefix(50), Data()] {
                try content.write(to: URL(filePath: path))
                #expect(try !run("again", cache: "cache").children.isEmpty)
                #expect(try workspace.summary("first") == workspace.summary("again"))
                #expect(try Repository.bytes(path) == sound)
            }
            #expect(try run("last", cache: "cache").children.isEmpty)
        }

        @Test func `a cache that cannot be written only warns, once`() throws {
            _ = try workspace.write(Data(), to: "file")
            let finished = try run("out", cache: "file/below")
            #expect(finished.end != .code(4))
            #expect(finished.errors.split(separator: "\n").count == 1, "\(finished.errors)")
            #expect(finished.errors.contains("--cache"))
            #expect(try workspace.digest().count == 64)
        }
    }
}
