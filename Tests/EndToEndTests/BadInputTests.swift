import Foundation
import Testing

extension EndToEndTests {
    @Suite struct BadInputTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        @Test(arguments: BadInput.all)
        func `bad input is refused before anything is written`(_ input: BadInput) throws {
            let file = try workspace.write(input.file(), to: "input")
            let named = { (text: String) in text.replacingOccurrences(of: "FILE", with: file) }
            let finished = try workspace.start(
                named(input.arguments[0]),
                input.arguments.dropFirst().map(named)
            ).wait()
            #expect(finished.end == .code(2))
            #expect(finished.output.isEmpty)
            #expect(finished.errors.contains(named(input.message)), "\(finished.errors)")
            #expect(finished.children.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: workspace.path("out")))
        }

        @Test func `all problems are told in one pass`() throws {
            let finished = try workspace.run(
                "validate",
                Repository.quickstart,
                "--set",
                "devices.cameras.count=0",
                "--set",
                "devices.cameras.link=wifi",
                "--set",
                "seed=-1"
            )
            #expect(finished.end == .code(2))
            #expect(finished.errors.split(separator: "\n").count == 3)
        }

        @Test func `someone else's folder is left alone`() throws {
            let file = try workspace.write(Data("precious".utf8), to: "file")
            let finished = try Execution(
                [Repository.quickstart, "--out", workspace.folder],
                in: workspace
            ).wait()
            #expect(finished.end == .code(2))
            #expect(finished.errors.contains("choose another folder with --out"))
            #expect(try Repository.bytes(file) == Data("precious".utf8))
        }

        @Test(arguments: [
            ("/proc/simcoord", "No such file or directory"), ("file/below", "Not a directory"),
        ])
        func `a folder that cannot be made is refused`(_ out: String, cause: String) throws {
            _ = try workspace.write(Data(), to: "file")
            let finished = try workspace.run(Repository.quickstart, "--out", out)
            #expect(finished.end == .code(2))
            #expect(finished.errors.contains("cannot be used: \(cause)."), "\(finished.errors)")
            #expect(finished.errors.contains("may write to with --out"))
            #expect(finished.children.isEmpty)
        }

        @Test(arguments: BadInput.ofCommands)
        func `bad input of a command is refused, and its files left alone`(
            _ input: BadInput
        ) throws {
            let content = try input.file()
            let file = try workspace.write(content, to: "input")
            let arguments = input.arguments.map { $0.replacingOccurrences(of: "FILE", with: file) }
            let finished = try Execution(arguments, in: workspace).wait()
            #expect(finished.end == .code(2))
            #expect(finished.output.isEmpty)
            #expect(finished.errors.contains(input.message), "\(finished.errors)")
            #expect(!finished.errors.contains("--set operatingPoints"), "\(finished.errors)")
            #expect(finished.children.isEmpty)
            #expect(try Repository.bytes(file) == content)
        }

        @Test(arguments: ["profile", "encode"])
        func `a pipe is not replaced by a file`(_ command: String) throws {
            let pipe = workspace.path("pipe")
            try #require(mkfifo(pipe, 0o600) == 0)
            let options = command == "encode" ? ["--point", "waist@7", "--sample", "0"] : []
            let finished = try Execution(
                [command, Repository.quickstart, "--out", pipe] + options,
                in: workspace
            ).wait()
            #expect(finished.end == .code(2))
            #expect(finished.errors.contains("is a device, a pipe or a socket"))
            let attributes = try FileManager.default.attributesOfItem(atPath: pipe)
            #expect(attributes[.type] as? FileAttributeType != .typeRegular)
        }

        @Test(arguments: ["out/", "./out", "link"])
        func `a run does not overwrite the record that it replays`(_ out: String) throws {
            let scenario = try workspace.writeSynthetic()
            _ = try workspace.simulate(scenario, "--quiet")
            let summary = try workspace.summary()
            try FileManager.default.createSymbolicLink(
                atPath: workspace.path("link"),
                withDestinationPath: "out"
            )
            let finished = try workspace.run(scenario, "--replay", "out", "--out", out)
            #expect(finished.end == .code(2))
            #expect(finished.errors.contains("out would be overwritten; choose another --out"))
            #expect(try workspace.summary() == summary)
        }

        @Test func `a failed expectation gives 1 and stands in the JUnit file`() throws {
            let finished = try workspace.simulate(
                Repository.quickstart,
                "--set",
                "duration=3s",
                "--set",
                #"expect={"accuracy": "> 0.999", "requests.failed": "== 0"}"#
            )
            #expect(finished.end == .code(1))
            #expect(finished.output.contains("1 of 2 met"))
            let report = try Repository.bytes(workspace.path("out/junit.xml"))
            let text = String(decoding: report, as: UTF8.self)
            #expect(text.contains(#"failures="1""#))
            #expect(text.contains("accuracy &gt; 0.999"))
        }
    }
}
