import Bottleneck
import BottleneckTestSupport
import Coding
import Foundation
import Graph
import Hashing
import ImageCodecs
import Inference
import Scenario
import SimulationCore
import Testing

@testable import Runtime

/// Units of the shipped network, designed on real images and measured on others.
@Suite struct UnitDesignTests {
    private let network: Network
    private let reference: BottleneckBundle.NetworkReference
    private let input: ImageInput
    private let images: ImageSet
    private let heldOut: ImageSet
    private let engine: InferenceEngine

    init() throws {
        let scenario = try ScenarioLoader.load(
            path: ProfileFixture.scenarios + "quickstart.json",
            overrides: ["calibration.limit=700"]
        )
        guard case .network(let workload) = scenario.workload,
            let calibration = workload.calibration
        else { preconditionFailure("the quickstart has a network") }
        let bytes = try Data(contentsOf: URL(filePath: workload.onnx))
        network = try Network(bytes: bytes, name: "fashion-resnet")
        reference = .init(name: "fashion-resnet.onnx", sha256: SHA256.hash(data: bytes).hexadecimal)
        input = workload.input
        let set = try ImageSet(calibration, input: input)
        let parts = HoldOut(100, of: set.count)
        (images, heldOut) = (set.subset(parts.design), set.subset(parts.evaluation))
        engine = try InferenceEngine()
    }

    private func design(
        _ tensor: String,
        _ method: UnitDesign.Method = .spectral()
    ) throws -> UnitDesign {
        var options = UnitDesign.Options()
        options.samples = 700
        options.method = method
        return try UnitDesign(
            network: network,
            reference: reference,
            tensor: tensor,
            input: input,
            engine: engine,
            options: options
        )
    }

    private func bundle(_ tensor: String, evaluated: Bool = false) throws -> BottleneckBundle {
        try design(tensor).bundles(images: images, heldOut: evaluated ? heldOut : nil)[0]
    }

    /// A run over bundles for the quickstart's network, by their names.
    private func run(_ bundles: KeyValuePairs<String, BottleneckBundle>) -> EvaluationRun {
        EvaluationRun(
            network: network,
            candidates: bundles.map { .init(name: $0.key, bundle: $0.value, bytes: 1) },
            engine: engine
        )
    }

    /// A unit that changes nothing.
    private func identity(_ kind: BottleneckUnit.Kind = .external) throws -> BottleneckBundle {
        var bundle = try WaistUnit.bundle(networkBytes: [])
        bundle.unit.kind = kind
        return bundle
    }

    @Test func `the same design gives the same unit`() throws {
        let first = try bundle("waist")
        #expect(try bundle("waist").unit == first.unit)
        #expect(first.unit.kind == .spectral)
        #expect(first.shape == [8, 7, 7])
        #expect(first.design.samples == 600)
        let bytes = try first.serialized()
        #expect(try BottleneckBundle(bytes: bytes, name: "unit") == first)
    }

    @Test func `finer levels cost more and change less`() throws {
        let evaluation = try #require(try bundle("waist", evaluated: true).evaluation)
        let rows = evaluation.rows
        #expect(rows.count == 8)
        #expect(evaluation.images == 100)
        for (coarse, fine) in zip(rows, rows.dropFirst()) { #expect(coarse.bytes < fine.bytes) }
        #expect(rows[0].divergence > 20 * rows[7].divergence)
        #expect(rows[7].divergence < 0.01)
        #expect(rows[7].agreement >= 0.97)
        #expect(rows.allSatisfy { $0.top1 != nil })
    }

    @Test(arguments: [("stage3", [96, 1, 1]), ("features", [96, 1, 1]), ("stage2", [64, 7, 7])])
    func `any split point has a unit`(tensor: String, latent: [Int]) throws {
        let bundle = try bundle(tensor, evaluated: true)
        let networks = try UnitNetworks(bundle, name: "unit", network: network, file: reference)
        #expect(networks.latentShape == latent)
        let rows = try #require(bundle.evaluation?.rows)
        #expect(rows[7].divergence < 0.01)
        #expect(rows[7].bytes < Double(bundle.shape.reduce(1, *)))
    }

    @Test func `the unit takes fewer bytes than what one would send without it`() throws {
        let bundle = try bundle("waist")
        let evaluation = try run(["ours": bundle]).evaluation(on: heldOut, fittedTo: images)
        let analysis = EvaluationAnalysis(evaluation, resampleCount: 50)
        #expect(evaluation.anchor == "ours")
        #expect(
            evaluation.curves.map(\.name) == [
                "ours", "plain KLT at waist", "quantised waist", "JPEG of the input",
                "WebP of the input",
            ]
        )
        let differences = analysis.comparisons.filter { $0.metric == .divergence }
        #expect(differences.count == 4)
        let klt = try #require(differences.first { $0.curve == "plain KLT at waist" })
        guard case .success(let difference) = klt.outcome else {
            Issue.record("\(klt)")
            return
        }
        // The interval is of the other's bytes against ours.
        #expect(try #require(difference.change.interval).lowerBound > 0.1)
        // Lengths are those of real payloads.
        let jpeg = evaluation.curves[3].points[5]
        for index in [0, 50, 99] {
            let payload = try JPEG.encode(heldOut.view(index, input), quality: 50)
            #expect(jpeg.measurements[index].payloadBytes == payload.count)
        }
        let network = try engine.compile(
            onnx: UnitNetworks(bundle, name: "unit", network: self.network, file: reference)
                .device.serialized(),
            name: "device",
            shapes: .batch(1)
        )
        var values = [Float](repeating: 0, count: input.count)
        let view = try heldOut.view(7, input)
        values.withUnsafeMutableBufferPointer { input.write(view.samples, to: $0) }
        let latent = try network.run([values])[0]
        let codec = LatentCodec(
            model: bundle.unit.latentModel,
            level: bundle.unit.levels[4].latentLevel
        )
        let measured = evaluation.curves[0].points[4].measurements[7].payloadBytes
        #expect(measured == codec.encode(latent).count)
    }

    @Test func `what was done is noted, and every bundle handed over`() throws {
        let few = images.subset(Array(0..<40))
        var done: [BottleneckBundle] = []
        let bundles = try design("waist", .convolutional(stride: 7)).bundles(
            images: few,
            heldOut: nil,
            done: { done.append($0) }
        )
        #expect(done == bundles)
        let options = bundles[0].design.options
        #expect(options["stride"] == "7" && options["epochs"] == "1")
        #expect(options["table-samples"] == nil)
        let spectral = try design("waist").bundles(images: few, heldOut: nil)[0].design.options
        #expect(spectral["stride"] == nil && spectral["epochs"] == "0")
        for epochs in [-1, 9_000_000_000_000_000] {
            let error = #expect(throws: BottleneckError.self) {
                try design("waist", .spectral(epochs: epochs))
            }
            #expect(error?.remedy == "ask for 0 to 10000 epochs")
        }
    }

    @Test func `the first bundle is what others are compared with`() throws {
        let few = heldOut.subset(Array(0..<12))
        let joined = try run(["a": identity(.reference), "b": identity()])
            .evaluation(on: few, fittedTo: few)
        #expect(joined.anchor == "reference design at waist")
        #expect(joined.curves[0].name == "b")
        let fitted = try run(["a": identity(), "b": identity(.spectral)])
            .evaluation(on: few, fittedTo: few, folds: 2)
        #expect(fitted.anchor == "a")
        #expect(fitted.curves[0].name == "b, 2-fold")
    }

    @Test func `a cross-fit trains as often as the bundle was`() throws {
        let few = heldOut.subset(Array(0..<4))
        var bundle = try identity(.spectral)
        for (epochs, says) in [("20000", "20000 times through"), ("many", "it notes many epochs")] {
            bundle.design.options["epochs"] = epochs
            let error = #expect(throws: BottleneckError.self) {
                try run(["a": bundle]).evaluation(on: few, fittedTo: few, folds: 2)
            }
            #expect(error?.reason.contains(says) == true, "\(String(describing: error))")
        }
    }

    @Test func `names that tell nothing apart are refused`() throws {
        let few = heldOut.subset([0])
        let unit = try identity()
        let taken = [
            "a", "JPEG of the input", "plain KLT at waist", "quantised waist",
            "reference design at waist, Huffman",
        ]
        for name in taken {
            let error = #expect(throws: BottleneckError.self) {
                try run(["a": unit, name: unit]).evaluation(on: few, fittedTo: few)
            }
            #expect(error?.reason.contains("'\(name)'") == true)
        }
        let folds = #expect(throws: BottleneckError.self) {
            try run(["a": identity(.spectral), "a, 2-fold": unit])
                .evaluation(on: few, fittedTo: few, folds: 2)
        }
        #expect(folds?.subject == "bundle 'a, 2-fold'")
    }

    @Test func `a decoder that computes no numbers is named`() throws {
        let few = heldOut.subset(Array(0..<20))
        var bundle = try design("features").bundles(images: few, heldOut: nil)[0]
        var model = try Network(bytes: bundle.unit.decoder, name: "decoder").model
        let scales = try #require(model.graph.initializer.firstIndex { $0.element == .float })
        let count = model.graph.initializer[scales].rawData.count
        model.graph.initializer[scales].rawData = Data(repeating: 0xFF, count: count)
        bundle.unit.decoder = try Network(model: model).serialized()
        let error = #expect(throws: BottleneckError.self) {
            try run(["broken": bundle]).evaluation(on: few, fittedTo: few)
        }
        #expect(error?.subject == "broken, level 0")
        #expect(error?.reason.contains("not finite") == true)
    }

    @Test func `a tensor that does not split the network is refused`() {
        let error = #expect(throws: BottleneckError.self) { try bundle("stage1/relu1") }
        #expect(error?.description.contains("does not alone separate") == true)
    }
}
