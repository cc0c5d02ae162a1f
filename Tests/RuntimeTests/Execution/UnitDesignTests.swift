import Bottleneck
import Coding
import Crypto
import Foundation
import Graph
import ImageCodecs
import Inference
import Scenario
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

    private func bundle(_ tensor: String, evaluated: Bool = false) throws -> BottleneckBundle {
        var options = UnitDesign.Options()
        options.samples = 700
        return try UnitDesign(
            network: network,
            reference: reference,
            tensor: tensor,
            input: input,
            engine: engine,
            options: options
        ).bundles(images: images, heldOut: evaluated ? heldOut : nil)[0]
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
        let run = EvaluationRun(
            network: network,
            candidates: [.init(name: "ours", bundle: bundle, bytes: 1)],
            engine: engine
        )
        let evaluation = try run.evaluation(on: heldOut, fittedTo: images)
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

    @Test func `a tensor that does not split the network is refused`() {
        let error = #expect(throws: BottleneckError.self) { try bundle("stage1/relu1") }
        #expect(error?.description.contains("does not alone separate") == true)
    }
}
