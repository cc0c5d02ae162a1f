import Bottleneck
import BottleneckTestSupport
import Foundation
import TestSupport
import Testing

/// A command line that must be refused, and what its message has to say.
struct BadInput: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The settings of the quickstart, or other arguments; `FILE` stands for the file written.
    var arguments: [String]
    var message: String
    /// The content of the file that the arguments name.
    var file: @Sendable () throws -> Data = { Data() }

    init(
        _ description: String,
        _ arguments: [String],
        says message: String,
        file: @escaping @Sendable () throws -> Data = { Data() }
    ) {
        testDescription = description
        self.arguments = arguments
        self.message = message
        self.file = file
    }

    /// A setting of the quickstart.
    init(
        set setting: String,
        says message: String,
        file: @escaping @Sendable () throws -> Data = { Data() }
    ) {
        self.init(setting, [Repository.quickstart, "--set", setting], says: message, file: file)
    }

    /// The quickstart with a bundle that was changed.
    private static func unit(
        says message: String,
        network: @escaping @Sendable () throws -> Data = {
            try Repository.bytes(Repository.network)
        },
        tensor: String = "waist",
        level: String = "0",
        _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> BadInput {
        BadInput(
            set: #"operatingPoints.waist={ "unit": "FILE", "level": \#(level) }"#,
            says: message
        ) {
            let bundle = try WaistUnit.bundle(networkBytes: network(), tensor: tensor)
            return try Data(change(bundle.serialized()))
        }
    }

    static let all = [
        BadInput("missing scenario", ["nowhere.json"], says: "write the path of a scenario file"),
        BadInput("syntax error", ["FILE"], says: "close it with '}'") {
            Data(#"{ "seed": 1, "#.utf8)
        },
        BadInput("unknown subcommand", ["simulate", Repository.quickstart], says: "Usage:"),
        BadInput(
            "mistyped subcommand",
            ["valdate", Repository.quickstart],
            says: "write validate"
        ),
        BadInput("unknown option", [Repository.quickstart, "--wrokers", "1"], says: "--workers"),
        BadInput("no workers", [Repository.quickstart, "--workers", "0"], says: "from 1 to 256"),
        BadInput(
            "words for workers",
            [Repository.quickstart, "--workers", "two"],
            says: "--workers"
        ),
        BadInput("unknown clock", [Repository.quickstart, "--clock", "sun"], says: "virtual"),
        BadInput(set: #"devices.cameras.count="three""#, says: "write a whole number"),
        BadInput(set: "devices.cameras.count=-3", says: "write a whole number"),
        BadInput(set: "devices.cameras.link=wifi", says: #"write "lte-m""#),
        BadInput(set: "devices.cameras.timeuot=3", says: #"timeout"#),
        BadInput(set: "nonsense", says: "write PATH=VALUE"),
        BadInput(set: "balancer=fair", says: "leastOutstanding"),
        BadInput(
            set: "expect.latency.p42=\"< 1ms\"",
            says: "p42=\"< 1ms\": expect: the summary has no figure latency.p42; write latency.p"
        ),
        BadInput(
            set: "expect.latency=\"< 1s\"",
            says: "expect: the summary has no figure latency; write a path such as latency.p99"
        ),
        BadInput(set: "expect.speed=\"> 1\"", says: "write one of"),
        BadInput(set: "operatingPoints.waist8.split=hips", says: "“waist”"),
        BadInput(set: "dataset.limit=20000", says: "10000"),
        BadInput(set: "dataset.idx.images=../.datasets/none", says: "run Tools/bootstrap"),
        BadInput(set: "links.lte-m.uplink.trace.file=FILE", says: "the file is empty"),
        BadInput(set: "dataset.idx.images=FILE", says: "FILE") {
            try Repository.bytes(Repository.path(".datasets/fashion-mnist/t10k-images-idx3-ubyte"))
                .prefix(100_000)
        },
        BadInput(set: "model.onnx=FILE", says: "ONNX exporter") {
            var generator = SeededGenerator(seed: 1)
            return Data((0..<5_000).map { _ in UInt8(generator.next() >> 56) })
        },
        BadInput(set: "model.onnx=FILE", says: "copy or export it again") {
            try Repository.bytes(Repository.network).prefix(200_000)
        },
        unit(says: "copy it again, as binary data") { Array($0.dropLast(100)) },
        unit(says: "does not match its SHA-256") {
            var bytes = $0
            bytes[bytes.count / 2] ^= 1
            return bytes
        },
        unit(says: "format 9") { $0.prefix(8) + [9] + $0.dropFirst(9) },
        unit(says: "it is not a bottleneck bundle") { _ in Array("a text".utf8) },
        unit(says: "the bundle is for fashion-resnet.onnx (SHA-256 ", network: { Data([1]) }) {
            $0
        },
        unit(says: "tensor 'hips'", tensor: "hips") { $0 },
        BadInput(
            set: #"operatingPoints.waist={ "unit": "none.bottleneck", "level": 0 }"#,
            says: "none.bottleneck"
        ),
        unit(says: "from 0 to 4", level: "7") { $0 },
        unit(says: "lacks measurements of") { $0 },
        BadInput(set: "model.input.color=rgb", says: "correct the model's input"),
        BadInput(set: "profile=FILE", says: "FILE") { Data("{ \"schema\": 1".utf8) },
        BadInput(set: "profile=FILE", says: "level 3") {
            try ProfileEditor.without(key: Repository.unitKey(level: 3))
        },
    ]

    /// Of other commands than `run`.
    static let ofCommands = [
        BadInput(
            "a payload in a folder that is not there",
            ["encode", Repository.quickstart, "--point", "waist@7", "--sample", "0"]
                + ["--out", "none/payload"],
            says: "none for it; make it first"
        ),
        BadInput(
            "no payload that could be sent",
            ["encode", Repository.quickstart, "--point", "waist@7", "--sample", "0"]
                + ["--out", "payload", "--set", #"operatingPoints={ "local": { "local": {} } }"#]
                + ["--set", "devices.cameras.policy=local"],
            says: "let a device's policy choose"
        ),
        BadInput(
            "a profile in a folder that is not there",
            ["profile", Repository.quickstart, "--out", "none/profile"],
            says: "none for it; make it first"
        ),
        BadInput(
            "a profile in the scenario's place",
            ["profile", "FILE", "--out", "FILE"],
            says: "name another file",
            file: synthetic
        ),
        BadInput(
            "a payload in the scenario's place, spelled in another way",
            ["encode", "FILE", "--point", "a", "--sample", "0", "--out", "./input"],
            says: "name another file",
            file: synthetic
        ),
        BadInput(
            "a profile without a name",
            ["profile", Repository.quickstart, "--out", ""],
            says: "--out: the path is empty"
        ),
        BadInput(
            "a run without a name",
            [Repository.quickstart, "--out", ""],
            says: "--out: the path is empty"
        ),
        BadInput(
            "a cache without a name",
            [Repository.quickstart, "--cache", ""],
            says: "--cache: the path is empty"
        ),
        BadInput(
            "a unit of synthetic work",
            ["train", "--scenario", "FILE", "--split", "waist", "--out", "unit.bottleneck"],
            says: "model: a unit needs a network; name a scenario that has one",
            file: synthetic
        ),
        BadInput(
            "a unit from elsewhere of synthetic work",
            ["import-unit", "unit.json", "--scenario", "FILE", "--out", "unit.bottleneck"],
            says: "model: a unit needs a network; name a scenario that has one",
            file: synthetic
        ),
        BadInput("a folder for a network", ["splits", "."], says: "(it is a folder)"),
    ]

    private static let synthetic: @Sendable () throws -> Data = {
        Data(SyntheticScenario.twoServers.utf8)
    }
}
