import Foundation
import ImageCodecs
import Inference
import Runtime
import Scenario
import Testing

extension EndToEndTests {
    /// Images in a folder do what the same images in an IDX file do.
    @Suite struct ImageFolderTests {
        private static let count = 24
        private let workspace: Workspace
        private let labels: [Int32]

        /// The quickstart's first images as PNG files, with a table of their classes.
        init() throws {
            workspace = try Workspace()
            let scenario = try ScenarioLoader.load(
                path: Repository.quickstart,
                overrides: ["dataset.limit=\(Self.count)"]
            )
            guard case .network(let workload) = scenario.workload else {
                preconditionFailure("the quickstart has a network")
            }
            let samples = try SampleSet(workload.dataset, input: workload.input)
            labels = try #require(samples.labels)
            try FileManager.default.createDirectory(
                atPath: workspace.path("images"),
                withIntermediateDirectories: true
            )
            var table = "class_index,file\n"
            for index in 0..<Self.count {
                let image = PixelImage(
                    width: workload.input.width,
                    height: workload.input.height,
                    channels: .gray,
                    samples: Array(try samples.pixels(index))
                )
                let name = "\(100 + index).png"
                _ = try workspace.write(PNG.encode(image), to: "images/" + name)
                table += "\(labels[index]),\(name)\n"
            }
            _ = try workspace.write(Data(table.utf8), to: "labels.csv")
        }

        private func dataset(labelled: Bool) -> String {
            let labels = labelled ? #", "labels": "\#(workspace.path("labels.csv"))""# : ""
            return #"dataset={ "folder": { "images": "\#(workspace.path("images"))"\#(labels) } }"#
        }

        private func run(_ out: String, _ settings: [String]) throws -> Finished {
            let all = ["duration=4s", "expect={}"] + settings
            return try workspace.start(
                Repository.quickstart,
                out: out,
                all.flatMap { ["--set", $0] }
            ).wait()
        }

        @Test func `a folder of the same images gives the same run`() throws {
            let folder = try run("folder", [dataset(labelled: true)])
            #expect(folder.end == .code(0), "\(folder.errors)")
            _ = try run("idx", ["dataset.limit=\(Self.count)"])
            #expect(try workspace.summary("folder") == workspace.summary("idx"))
        }

        @Test func `without labels accuracy is agreement with the uncut network`() throws {
            let local = #"operatingPoints.local={ "local": {} }"#
            let finished = try run("out", [dataset(labelled: false), local])
            #expect(finished.end == .code(0), "\(finished.errors)")
            #expect(finished.output.contains("agreement with the uncut network"))
            let summary = try #require(String(data: workspace.summary(), encoding: .utf8))
            #expect(summary.contains(#""accuracyReference": "uncut network""#))
        }

        @Test func `a damaged image is refused by name`() throws {
            let path = try workspace.write(Data([0x89, 0x50]), to: "images/111.png")
            let finished = try run("out", [dataset(labelled: true)])
            #expect(finished.end == .code(2))
            #expect(finished.errors.contains(path))
        }
    }
}
