import Bottleneck
import BottleneckTestSupport
import Foundation
import GRDB
import Graph
import Testing

extension EndToEndTests {
    @Suite struct BottleneckUnitTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        /// The quickstart with the points of a bundle and a profile that has them.
        private func scenario() throws -> String {
            let bundle = workspace.path("w.bottleneck")
            try WaistUnit.bundle(networkBytes: Repository.bytes(Repository.network))
                .write(to: URL(filePath: bundle))
            let points = """
                { "unit": { "unit": "\(bundle)", "levels": "all" },
                  "between": { "unit": "\(bundle)", "level": 1.5 },
                  "budget": { "unit": "\(bundle)", "bytes": 150 } }
                """
            let explained = try workspace.run(
                "explain",
                Repository.quickstart,
                "--set",
                "operatingPoints=\(points)",
                "--set",
                #"devices.cameras.policy={ "deadline": ["unit", "between", "budget"] }"#,
                "--set",
                "duration=3s",
                "--set",
                "dataset.limit=50",
                "--set",
                "edges.edge.batch.max=1",
                "--set",
                "expect={}"
            )
            try #require(explained.end == .code(0), "\(explained.errors)")
            let path = try workspace.write(Data(explained.output.utf8), to: "units.json")
            let profile = workspace.path("profile.json")
            let profiled = try workspace.run("profile", path, "--out", profile, "--quiet")
            try #require(profiled.end == .code(0), "\(profiled.errors)")
            let named = explained.output.replacingOccurrences(
                of: Repository.path("Scenarios/profiles/reference.json"),
                with: profile
            )
            return try workspace.write(Data(named.utf8), to: "units.json")
        }

        @Test func `both clocks send the same payloads and get the same predictions`() throws {
            let scenario = try scenario()
            for clock in ["virtual", "wall"] {
                let run = try workspace.start(
                    scenario,
                    out: clock,
                    ["--clock", clock, "--set", "drain=2s"]
                ).wait()
                #expect([.code(0), .code(3)].contains(run.end), "\(run.errors)")
                #expect(run.output.contains("unit@"))
                if clock == "wall" {
                    #expect(run.output.contains("are the outcome table's"))
                }
            }
            let rows = try ["virtual", "wall"].map { out in
                try RunRecord(workspace, out).rows(
                    """
                    SELECT DISTINCT operatingPoint, sample, payloadBytes, prediction FROM requests
                    WHERE state = 'completed'
                    """
                ).map { row -> [String] in
                    let point: String = row["operatingPoint"]
                    let (sample, bytes, prediction): (Int, Int, Int) =
                        (row["sample"], row["payloadBytes"], row["prediction"])
                    return [point, "\(sample)", "\(bytes)", "\(prediction)"]
                }
            }
            var simulated: [[String]: [String]] = [:]
            for row in rows[0] { simulated[Array(row.prefix(2))] = row }
            let both = rows[1].filter { simulated[Array($0.prefix(2))] != nil }
            #expect(both.count > rows[1].count / 2 && !both.isEmpty)
            for row in both { #expect(simulated[Array(row.prefix(2))] == row) }
        }

        @Test func `one sample is encoded at each rate`() throws {
            let scenario = try scenario()
            var sizes: [Int] = []
            for point in ["unit@0", "between", "unit@4", "budget"] {
                let run = try workspace.run(
                    "encode",
                    scenario,
                    "--point",
                    point,
                    "--sample",
                    "3",
                    "--out",
                    workspace.path("payload")
                )
                #expect(run.end == .code(0), "\(run.errors)")
                sizes.append(try Repository.bytes(workspace.path("payload")).count)
            }
            #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2] && sizes[3] <= 150)
        }

        @Test func `a unit made elsewhere is imported and shown`() throws {
            _ = try workspace.write(
                WaistUnit.identity(output: "latent").serialized(),
                to: "encoder.onnx"
            )
            _ = try workspace.write(
                WaistUnit.identity(output: "y").serialized(),
                to: "decoder.onnx"
            )
            let unit = try workspace.write(
                Data(
                    #"""
                    { "tensor": "waist", "encoder": "encoder.onnx", "decoder": "decoder.onnx",
                      "levels": [{ "step": 2 }, { "name": "fine", "step": 0.5 }] }
                    """#.utf8
                ),
                to: "unit.json"
            )
            let run = { (out: String) in
                try workspace.run(
                    "import-unit",
                    unit,
                    "--scenario",
                    Repository.quickstart,
                    "--out",
                    workspace.path(out)
                )
            }
            let imported = try run("a.bottleneck")
            #expect(imported.end == .code(0), "\(imported.errors)")
            #expect(imported.output.contains("2 levels at “waist”, fitted to 256 samples"))
            let shown = try workspace.run("unit", workspace.path("a.bottleneck"))
            #expect(shown.end == .code(0))
            for text in ["fashion-resnet.onnx", "8 × 7 × 7", "fine", "256 samples"] {
                #expect(shown.output.contains(text))
            }
            _ = try run("b.bottleneck")
            #expect(
                try Repository.bytes(workspace.path("a.bottleneck"))
                    == Repository.bytes(workspace.path("b.bottleneck"))
            )
            _ = try workspace.write(Data([1, 2]), to: "decoder.onnx")
            let refused = try run("c.bottleneck")
            #expect(refused.end == .code(2))
            #expect(refused.errors.contains("decoder"))
            #expect(!FileManager.default.fileExists(atPath: workspace.path("c.bottleneck")))
        }

        @Test(arguments: [
            ("short", "copy it again"), ("altered", "does not match its SHA-256"),
            ("later", "bundle format 9"), ("text", "not a bottleneck bundle"),
        ])
        func `a damaged bundle is not shown`(_ damage: String, _ message: String) throws {
            var bytes = try WaistUnit.bundle(networkBytes: []).serialized()
            switch damage {
            case "short": bytes.removeLast(40)
            case "altered": bytes[bytes.count / 2] ^= 1
            case "later": bytes[8] = 9
            default: bytes = Array("a text".utf8)
            }
            let path = try workspace.write(Data(bytes), to: "damaged.bottleneck")
            let finished = try workspace.run("unit", path)
            #expect(finished.end == .code(2))
            #expect(finished.errors.contains(message), "\(finished.errors)")
            #expect(finished.output.isEmpty)
        }
    }
}
