import Foundation
import ImageCodecs
import Runtime
import Scenario
import Testing

extension EndToEndTests {
    /// Units are designed on a folder of images and evaluated on those that were kept out.
    @Suite struct DesignTests {
        private static let count = 120
        private let workspace: Workspace

        /// Training images as PNG files, with a table of their classes.
        init() throws {
            workspace = try Workspace()
            let scenario = try ScenarioLoader.load(
                path: Repository.quickstart,
                overrides: ["calibration.limit=\(Self.count)"]
            )
            guard case .network(let workload) = scenario.workload,
                let calibration = workload.calibration
            else { preconditionFailure("the quickstart has a network and calibration samples") }
            let samples = try SampleSet(calibration, input: workload.input)
            try FileManager.default.createDirectory(
                atPath: workspace.path("images"),
                withIntermediateDirectories: true
            )
            let labels = try #require(samples.labels)
            var table = "file,class_index\n"
            for index in 0..<Self.count {
                let image = PixelImage(
                    width: 28,
                    height: 28,
                    channels: .gray,
                    samples: Array(try samples.pixels(index))
                )
                _ = try workspace.write(PNG.encode(image), to: "images/\(1000 + index).png")
                table += "\(1000 + index).png,\(labels[index])\n"
            }
            _ = try workspace.write(Data(table.utf8), to: "labels.csv")
        }

        private func train(_ arguments: String...) throws -> Finished {
            try Execution(
                [
                    "train", "--model", Repository.network, "--images", workspace.path("images"),
                    "--mean", "73", "--scale", "90", "--out", workspace.path("net.bottleneck"),
                ] + arguments,
                in: workspace
            ).wait()
        }

        private func evaluate(_ arguments: String...) throws -> Finished {
            try evaluate(arguments)
        }

        private func evaluate(_ arguments: [String]) throws -> Finished {
            try Execution(
                [
                    "evaluate", workspace.path("net.bottleneck"), "--images",
                    workspace.path("images"), "--labels", workspace.path("labels.csv"),
                ] + arguments,
                in: workspace
            ).wait()
        }

        @Test func `a designed unit is evaluated and shown`() throws {
            let trained = try train("--split", "waist")
            #expect(trained.end == .code(0), "\(trained.errors)")
            #expect(trained.output.contains("evaluated on 36 images of images"))
            let shown = try workspace.run("unit", workspace.path("net.bottleneck"))
            #expect(shown.output == trained.output)

            let out = workspace.path("evaluation")
            let evaluated = try evaluate(
                "--model",
                Repository.network,
                "--hold-out",
                "36",
                "--out",
                out
            )
            #expect(evaluated.end == .code(0), "\(evaluated.errors)")
            #expect(evaluated.errors.isEmpty)
            #expect(evaluated.output.contains("36 images, uncut top-1"))
            for name in ["net", "plain KLT at waist", "quantised waist", "JPEG of the input"] {
                #expect(evaluated.output.contains("| \(name)"))
            }
            for name in ["evaluation.json", "points.csv", "evaluation.svg"] {
                #expect(evaluated.output.contains("wrote \(out)/\(name)"))
                #expect(try !Repository.bytes("\(out)/\(name)").isEmpty)
            }
            let points = try String(decoding: Repository.bytes("\(out)/points.csv"), as: UTF8.self)
            #expect(points.contains("net,ours,level 7,1002.png,"))
        }

        @Test func `units are designed anew for each part of the images`() throws {
            _ = try train("--split", "waist", "--hold-out", "0")
            let out = workspace.path("evaluation")
            let model = ["--model", Repository.network, "--cross-fit"]
            let evaluated = try evaluate(model + ["2", "--out", out])
            #expect(evaluated.end == .code(0), "\(evaluated.errors)")
            // Every image is measured, each with a unit that was designed without it.
            #expect(evaluated.output.contains("\(Self.count) images, uncut top-1"))
            let points = try String(decoding: Repository.bytes("\(out)/points.csv"), as: UTF8.self)
            #expect(points.components(separatedBy: ",level 7,").count - 1 >= Self.count)
            for wrong in [["1"], ["121"], ["2", "--hold-out", "36"]] {
                let refused = try evaluate(model + wrong)
                #expect(refused.end == .code(2))
                #expect(refused.errors.contains("--cross-fit takes 2 to \(Self.count) parts"))
            }
        }

        @Test func `a convolutional unit is trained`() throws {
            let trained = try train("--split", "waist", "--kind", "convolutional", "--epochs", "1")
            #expect(trained.end == .code(0), "\(trained.errors)")
            #expect(trained.output.contains("unit     convolutional"))
            #expect(trained.output.contains("evaluated on 36 images of images"))
            let external = try train("--split", "waist", "--kind", "external")
            #expect(external.end == .code(2))
            #expect(external.errors.contains("simcoord import-unit"))
            let stride = try train("--split", "waist", "--stride", "3")
            #expect(stride.end == .code(2))
            #expect(stride.errors.contains("--stride: 1, 2 or 4"))
        }

        @Test func `a search says what it considered and designs the unit of its choice`() throws {
            let found = try train("--search", "--max-head", "0.9", "--hold-out", "0")
            #expect(found.end == .code(0), "\(found.errors)")
            for tensor in ["stem", "stage1", "waist", "pooled"] {
                #expect(found.output.contains("| \(tensor) "))
            }
            #expect(found.output.contains("Chosen: 'waist'"))
            #expect(found.output.contains("tensor   waist, 8 × 7 × 7"))
            #expect(found.output.contains("not evaluated yet"))
            let none = try train("--search", "--max-bytes", "1")
            #expect(none.end == .code(2))
            #expect(none.errors.contains("no split point keeps the budget"))
        }

        @Test func `wrong arguments are refused`() throws {
            let split = try train("--split", "hips")
            #expect(split.end == .code(2))
            #expect(split.errors.contains("tensor 'hips': the network has no such tensor"))
            let none = try train()
            #expect(none.end == .code(2))
            #expect(none.errors.contains("give --split TENSOR, or --search"))
            let many = try train("--split", "waist", "--hold-out", "120")
            #expect(many.end == .code(2))
            #expect(many.errors.contains("there are 120 images"))
            let budget = try train("--search")
            #expect(budget.errors.contains("--max-bytes, --max-head and --max-latency"))

            _ = try train("--split", "waist", "--hold-out", "0")
            let missing = try evaluate()
            #expect(missing.end == .code(2))
            #expect(missing.errors.contains("name it with --model"))
            var other = try Repository.bytes(Repository.network)
            other.append(contentsOf: [0x3A, 0])
            let path = try workspace.write(other, to: "fashion-resnet.onnx")
            let wrong = try evaluate("--model", path)
            #expect(wrong.end == .code(2))
            #expect(wrong.errors.contains("and the bundle is for fashion-resnet.onnx"))
        }
    }
}
