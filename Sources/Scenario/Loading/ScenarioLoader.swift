import Foundation

/// Reads scenario files.
package enum ScenarioLoader {
    static let largestFile = 16 << 20

    /// Reads the scenario at `path`.
    ///
    /// Relative paths start at the working directory. The overrides are settings `PATH=VALUE`, such as
    /// `devices.phones.count=3`, applied in order before the document is understood.
    package static func load(
        path: String,
        overrides: [String] = []
    ) throws(ScenarioProblems) -> Scenario {
        let absolute = FileLookup.absolute(path, base: FileManager.default.currentDirectoryPath)
        let problems = ProblemCollector(file: path)
        if let fault = FileLookup.problem(with: absolute) {
            let remedy = "write the path of a scenario file, such as Scenarios/quickstart.json"
            problems.add(.standard, path: "", fault.problem, remedy)
            throw problems.sorted
        }
        let bytes: [UInt8]
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: absolute))
            bytes = [UInt8](try handle.read(upToCount: largestFile + 1) ?? Data())
        } catch {
            problems.add(
                .standard,
                path: "",
                "the file cannot be read (\(error.localizedDescription))",
                "check its permissions"
            )
            throw problems.sorted
        }
        let base = absolute.lastIndex(of: "/").map { String(absolute[..<$0]) } ?? ""
        return try load(bytes, file: path, base: base.isEmpty ? "/" : base, overrides: overrides)
    }

    /// Reads the scenario that another process has loaded.
    package static func load(source: ScenarioSource) throws(ScenarioProblems) -> Scenario {
        try load(
            Array(source.text.utf8),
            file: source.file,
            base: source.baseDirectory,
            overrides: source.overrides
        )
    }

    static func load(
        _ bytes: [UInt8],
        file: String,
        base: String,
        overrides: [String]
    ) throws(ScenarioProblems) -> Scenario {
        let problems = ProblemCollector(file: file)
        guard let root = document(bytes, overrides, problems) else { throw problems.sorted }
        var decoder = ScenarioDecoder(base: base, problems: problems)
        let field = Field(root, path: "", problems: problems)
        guard var scenario = decoder.decode(field, defaultName: name(of: file)) else {
            throw problems.sorted
        }
        scenario.source = ScenarioSource(
            file: file,
            text: String(decoding: bytes, as: UTF8.self),
            baseDirectory: base,
            overrides: overrides
        )
        return scenario
    }

    /// The tree with the overrides applied; nil when it cannot be read.
    private static func document(
        _ bytes: [UInt8],
        _ overrides: [String],
        _ problems: ProblemCollector
    ) -> JSONNode? {
        guard bytes.count <= largestFile else {
            problems.add(
                .standard,
                path: "",
                "the file is larger than \(largestFile >> 20) MiB",
                "name a scenario file"
            )
            return nil
        }
        do throws(JSONSyntaxError) {
            var root = try JSONParser.parse(bytes)
            for text in overrides {
                if let setting = Setting(text) {
                    setting.apply(to: &root, problems)
                } else {
                    problems.add(
                        .setting("--set \(text)"),
                        path: "",
                        "it is not a setting",
                        "write PATH=VALUE, such as devices[0].count=3"
                    )
                }
            }
            return root
        } catch {
            problems.add(error.location, path: "", error.problem, error.remedy)
            return nil
        }
    }

    /// The file's name without its folder and extension.
    private static func name(of file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        let stem = last.split(separator: ".").first.map(String.init) ?? last
        return stem.isEmpty ? "scenario" : stem
    }
}
