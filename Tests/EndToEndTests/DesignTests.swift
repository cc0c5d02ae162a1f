import Bottleneck
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
            #expect(!evaluated.output.contains("may have been used"))
            let points = try String(decoding: Repository.bytes("\(out)/points.csv"), as: UTF8.self)
            let rows = points.split(separator: "\n").filter {
                $0.hasPrefix("\"net, 2-fold\",ours,level 7,")
            }
            let images = rows.map { $0.split(separator: ",")[4] }
            #expect(images == (0..<Self.count).map { "\(1000 + $0).png" })
            for wrong in [["1"], ["121"], ["2", "--hold-out", "36"]] {
                let refused = try evaluate(model + wrong)
                #expect(refused.end == .code(2))
                #expect(refused.errors.contains("--cross-fit takes 2 to \(Self.count) parts"))
            }
        }

        @Test func `images that a unit was designed on are left out, or said to be there`() throws {
            _ = try train("--split", "waist")
            let model = ["--model", Repository.network]
            let kept = try evaluate(model)
            #expect(kept.output.contains("\n36 images, uncut"), "\(kept.errors)")
            #expect(!kept.output.contains("may have been used"))
            let out = workspace.path("evaluation")
            let more = try evaluate(model + ["--hold-out", "60", "--out", out])
            let kept36 = Set(HoldOut(36, of: Self.count).evaluation)
            let seen = HoldOut(60, of: Self.count).evaluation.count { !kept36.contains($0) }
            let note =
                "\(seen) of these 60 images may have been used to design net: new images may do worse, "
                + "and --hold-out 36 measures on the others"
            #expect(more.output.contains(note), "\(more.output)")
            let record = try Repository.bytes("\(out)/evaluation.json")
            #expect(String(decoding: record, as: UTF8.self).contains(note))
        }

        @Test func `bundles are told apart by their folders, and named once`() throws {
            _ = try train("--split", "waist", "--hold-out", "100")
            try FileManager.default.createDirectory(
                atPath: workspace.path("other"),
                withIntermediateDirectories: true
            )
            _ = try workspace.write(
                Repository.bytes(workspace.path("net.bottleneck")),
                to: "other/net.bottleneck"
            )
            func evaluate(_ bundles: String...) throws -> Finished {
                try Execution(
                    ["evaluate"] + bundles + [
                        "--images", workspace.path("images"), "--model", Repository.network,
                        "--hold-out", "3",
                    ],
                    in: workspace
                ).wait()
            }
            let two = try evaluate("net.bottleneck", "other/net.bottleneck")
            #expect(two.end == .code(0), "\(two.errors)")
            #expect(two.output.contains("| net ") && two.output.contains("| other/net "))
            let twice = try evaluate("net.bottleneck", "net.bottleneck")
            #expect(twice.end == .code(2))
            #expect(twice.errors.contains("name every bundle once"), "\(twice.errors)")
            let colliding = workspace.path("plain KLT at waist.bottleneck")
            try FileManager.default.moveItem(
                atPath: workspace.path("net.bottleneck"),
                toPath: colliding
            )
            let baseline = try evaluate(colliding)
            #expect(baseline.end == .code(2))
            #expect(baseline.errors.contains("rename its file"))
        }

        @Test func `where results go is checked before the work`() throws {
            let missing = try train(
                "--split",
                "waist",
                "--out",
                workspace.path("none/x.bottleneck")
            )
            #expect(missing.end == .code(2) && missing.output.isEmpty)
            #expect(missing.errors.contains("make it first"))
            let folder = try train("--split", "waist", "--out", workspace.folder)
            #expect(folder.end == .code(2))
            #expect(folder.errors.contains("name a file in a folder that you may write to"))
            _ = try train("--split", "waist", "--hold-out", "0")
            let model = ["--model", Repository.network]
            let out = try evaluate(model + ["--out", workspace.path("labels.csv")])
            #expect(out.end == .code(2) && out.output.isEmpty)
            #expect(out.errors.contains("is no folder that can be written to"))
            let published = try evaluate(model + ["--published", "nope.json"])
            #expect(published.end == .code(2) && published.output.isEmpty)
            #expect(published.errors.contains("--published: nope.json cannot be read"))
        }

        @Test(arguments: [
            (["--stride", "2"], "a spectral unit has no convolutions"),
            (["--kind", "reference", "--epochs", "50"], "the reference trains until it stalls"),
            (["--epochs", "9000000000000000"], "--epochs: from 0 to 10000"),
            (["--scale", "0"], "--scale a positive one"),
            (["--scale=-128"], "--scale a positive one"),
            (["--mean", "nan"], "--mean is a finite number"),
            (["--set", "seed=3"], "--set changes a scenario"),
            (["--scenario", "s.json"], "give --scenario, or --model and --images"),
            (["--max-bytes", "100"], "are for --search"),
            (["--search", "--max-bytes", "100", "--uplink", "3"], "are for --max-latency"),
        ])
        func `options that nothing uses are refused`(_ options: [String], _ says: String) throws {
            let split = options.contains("--search") ? [] : ["--split", "waist"]
            let refused = try Execution(
                [
                    "train", "--model", Repository.network, "--images", workspace.path("images"),
                    "--out", workspace.path("net.bottleneck"),
                ] + split + options,
                in: workspace
            ).wait()
            #expect(refused.end == .code(2))
            #expect(refused.errors.contains(says), "\(refused.errors)")
            #expect(!FileManager.default.fileExists(atPath: workspace.path("net.bottleneck")))
        }

        @Test func `one image cannot be cross-fitted`() throws {
            _ = try train("--split", "waist", "--hold-out", "0")
            let folder = workspace.path("one")
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            try FileManager.default.copyItem(
                atPath: workspace.path("images/1000.png"),
                toPath: folder + "/1000.png"
            )
            let refused = try workspace.run(
                "evaluate",
                workspace.path("net.bottleneck"),
                "--images",
                folder,
                "--model",
                Repository.network,
                "--cross-fit",
                "2"
            )
            #expect(refused.end == .code(2))
            #expect(refused.errors.contains("--cross-fit takes"), "\(refused.errors)")
        }

        @Test func `a convolutional unit is trained`() throws {
            let trained = try train("--split", "waist", "--kind", "convolutional", "--epochs", "1")
            #expect(trained.end == .code(0), "\(trained.errors)")
            #expect(trained.output.contains("unit     convolutional"))
            #expect(trained.output.contains("evaluated on 36 images of images"))
            // Its figures stand beside those of units that are designed anew, and say what they are.
            let evaluated = try evaluate("--model", Repository.network, "--cross-fit", "2")
            #expect(evaluated.end == .code(0), "\(evaluated.errors)")
            let note = "84 of these 120 images may have been used to design net"
            #expect(evaluated.output.contains(note))
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
            // By images so few two cuts are estimated alike.
            let choice = found.output.firstMatch(of: /Chosen: '(\w+)'/)?.output.1 ?? ""
            #expect(["stage1", "waist"].contains(choice))
            #expect(found.output.contains("| → | \(choice) "))
            #expect(found.output.contains("tensor   \(choice), "))
            #expect(found.output.contains("not evaluated yet"))
            #expect(!found.output.contains("Measured: "))
            let measured = try train("--search", "--max-head", "0.9")
            #expect(measured.output.contains("\n\nMeasured: "), "\(measured.output)")
            #expect(measured.output.hasSuffix("\nThe budget is kept.\n"), "\(measured.output)")
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
