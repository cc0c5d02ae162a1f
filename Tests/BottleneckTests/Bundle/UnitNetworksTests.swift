import Graph
import GraphTestSupport
import Inference
import TestSupport
import Testing

@testable import Bottleneck

struct UnitNetworksTests {
    private let fixture: BundleFixture

    init() throws { fixture = try BundleFixture() }

    private func join(
        _ bundle: BottleneckBundle,
        _ sha256: String? = nil
    ) throws(BottleneckError) -> UnitNetworks {
        try UnitNetworks(
            bundle,
            name: "net.bottleneck",
            network: fixture.network,
            file: .init(name: "other.onnx", sha256: sha256 ?? bundle.network.sha256)
        )
    }

    @Test func `joined graphs compute what the parts compute one after the other`() throws {
        let unit = try join(fixture.bundle)
        #expect(unit.tensorShape == [3, 4, 4])
        #expect(unit.latentShape == [2, 4, 4])
        let (head, tail) = try fixture.network.cut(at: "cut")
        let engine = try InferenceEngine()
        var generator = SeededGenerator(seed: 11)
        let input = generator.normals(3 * 2 * 6 * 6)
        func run(_ bytes: [UInt8], _ values: [Float]) throws -> [Float] {
            try engine.compile(onnx: bytes, name: "part", shapes: .batch(3)).run([values])[0]
        }
        let cut = try run(head.serialized(), input)
        let latent = try run(fixture.bundle.unit.encoder, cut)
        let joined = try run(unit.device.serialized(), input)
        #expect(zip(joined, latent).allSatisfy { abs($0 - $1) <= 1e-6 * max(abs($1), 1) })
        #expect(joined.count == latent.count)
        let restored = try run(fixture.bundle.unit.decoder, latent)
        let logits = try run(tail.serialized(), restored)
        let joinedLogits = try run(unit.edge.serialized(), latent)
        #expect(zip(joinedLogits, logits).allSatisfy { abs($0 - $1) <= 1e-6 * max(abs($1), 1) })
        #expect(joinedLogits.count == logits.count)
    }

    @Test func `a bundle for another network is refused, both hashes named`() throws {
        let other = String(repeating: "cd", count: 32)
        let error = #expect(throws: BottleneckError.self) { try join(fixture.bundle, other) }
        #expect(
            error?.description == """
                net.bottleneck: the bundle is for net.onnx (SHA-256 abababababab…), not for \
                other.onnx (SHA-256 cdcdcdcdcdcd…); name that network, or make a bundle for this one \
                with simcoord train
                """
        )
    }

    @Test func `a tensor that is no split point or has another shape is refused`() throws {
        var bundle = fixture.bundle
        bundle.tensor = "nowhere"
        #expect(try #require(refusal(of: bundle)).description.contains("'nowhere'"))
        bundle = fixture.bundle
        bundle.shape = [3, 5, 4]
        #expect(try #require(refusal(of: bundle)).description.contains("[3, 4, 4], not [3, 5, 4]"))
    }

    @Test func `graphs that do not fit are refused`() throws {
        var bundle = fixture.bundle
        bundle.unit.encoder = try BundleFixture.layer(from: 4, to: 2, seed: 1).serialized()
        #expect(try #require(refusal(of: bundle)).subject == "net.bottleneck, encoder")
        bundle = fixture.bundle
        bundle.unit.decoder = try BundleFixture.layer(from: 2, to: 4, seed: 1).serialized()
        #expect(try #require(refusal(of: bundle)).subject == "net.bottleneck, decoder")
        bundle = fixture.bundle
        bundle.unit.decoder = try BundleFixture.layer(from: 3, to: 3, seed: 1).serialized()
        #expect(try #require(refusal(of: bundle)).reason.contains("[1, 2, 4, 4]"))
        bundle = fixture.bundle
        bundle.unit.decoder = [1, 2]
        #expect(try #require(refusal(of: bundle)).subject == "net.bottleneck, decoder")
    }

    @Test func `a decoder that takes one sample only is refused`() throws {
        var builder = NetworkBuilder(input: [1, 2, 4, 4])
        builder.constant("kernel", [3, 2, 1, 1])
        builder.constant("target", integers: [1, 3, 4, 4])
        builder.node("Conv", ["x", "kernel"], "a")
        builder.node("Reshape", ["a", "target"], "y")
        var bundle = fixture.bundle
        bundle.unit.decoder = try builder.network(output: "y").serialized()
        #expect(try #require(refusal(of: bundle)).reason.contains("one sample"))
    }

    private func refusal(of bundle: BottleneckBundle) -> BottleneckError? {
        do {
            _ = try join(bundle)
            return nil
        } catch {
            return error
        }
    }
}
