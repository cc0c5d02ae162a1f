import Coding
import Graph
import ImageCodecs
package import Inference

/// A bottleneck unit at its levels.
package struct UnitMethod: RateMethod {
    /// What makes the payload's body of the quantised latent.
    package enum Coder: Sendable {
        /// The simulator's own.
        case rangeANS
        /// A static Huffman code of the same tables, as published designs have it, in the simulator's
        /// envelope; only its length is worked out.
        case huffman
    }

    package let name: String
    package let kind: CurveKind
    package let cost: CurveCost
    package let points: [String]
    private let unit: BottleneckUnit
    private let rates: [UnitCodec.Rate]
    private let coder: Coder

    package var entry: RateEntry { .tensor }

    /// - Parameters:
    ///   - name: What tables call it.
    ///   - kind: Of its curve.
    ///   - unit: At all of its levels.
    ///   - storageBytes: What the unit takes in a file.
    ///   - coder: Of the latent.
    /// - Throws: `BottleneckError` when a graph of it cannot be read.
    package init(
        _ name: String,
        kind: CurveKind,
        unit: BottleneckUnit,
        storageBytes: Int,
        coder: Coder = .rangeANS
    ) throws(BottleneckError) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.coder = coder
        rates = unit.levels.indices.map { .level(Double($0)) }
        points = unit.levels.map { "level \($0.name)" }
        let (encoder, decoder) = try unit.graphCosts
        cost = CurveCost(
            encoderMultiplyAccumulates: encoder.multiplyAccumulates,
            parameters: encoder.parameters + decoder.parameters,
            storageBytes: storageBytes
        )
    }

    package func session(_ engine: InferenceEngine) throws(BottleneckError) -> any RateSession {
        do throws(InferenceError) {
            return Session(
                encoder: try engine.compile(
                    onnx: unit.encoder,
                    name: "\(name), encoder",
                    shapes: .batch(1)
                ),
                decoder: try engine.compile(
                    onnx: unit.decoder,
                    name: "\(name), decoder",
                    shapes: .batch(1)
                ),
                codecs: rates.map { UnitCodec(unit, rate: $0) },
                huffman: coder == .rangeANS
                    ? nil
                    : unit.levels.map {
                        LatentCodec(model: unit.latentModel, level: $0.latentLevel)
                    }
            )
        } catch {
            throw BottleneckError(error)
        }
    }

    private final class Session: RateSession {
        private let encoder: CompiledNetwork
        private let decoder: CompiledNetwork
        private let codecs: [UnitCodec]
        private let huffman: [LatentCodec]?
        private var payload: [UInt8] = []
        private var scratch = LatentScratch()

        init(
            encoder: CompiledNetwork,
            decoder: CompiledNetwork,
            codecs: [UnitCodec],
            huffman: [LatentCodec]?
        ) {
            (self.encoder, self.decoder) = (encoder, decoder)
            (self.codecs, self.huffman) = (codecs, huffman)
        }

        func load(_ image: PixelImage, tensor: [Float]) throws(BottleneckError) {
            encoder.withInput(0) { _ = $0.update(fromContentsOf: tensor) }
            do throws(InferenceError) {
                try encoder.infer()
            } catch {
                throw BottleneckError(error)
            }
        }

        func transmit(
            point: Int,
            to restored: UnsafeMutableBufferPointer<Float>
        ) throws(BottleneckError) -> Int {
            encoder.withOutput(0) { latent in
                codecs[point].encode(latent, into: &payload, scratch: &scratch)
            }
            do {
                try decoder.withInput(0) { latent throws(CodingError) in
                    try codecs[point].decode(payload, into: latent, scratch: &scratch)
                }
                try decoder.infer()
            } catch let error as InferenceError {
                throw BottleneckError(error)
            } catch {
                preconditionFailure("what was encoded can be decoded, yet: \(error)")
            }
            decoder.withOutput(0) { _ = restored.update(fromContentsOf: $0) }
            guard let huffman else { return payload.count }
            let values = encoder.withOutput(0) { huffman[point].values(of: Array($0)) }
            return (huffman[point].huffmanBitCount(of: values) + 7) / 8 + Bitstream.overhead
        }
    }
}

extension BottleneckUnit {
    /// What the two graphs cost for one sample.
    var graphCosts: (encoder: UnitEvaluation.GraphCost, decoder: UnitEvaluation.GraphCost) {
        get throws(BottleneckError) {
            try BottleneckError.rethrowing { () throws(GraphError) in
                func cost(_ bytes: [UInt8]) throws(GraphError) -> UnitEvaluation.GraphCost {
                    let cost = try Network(bytes: bytes, name: "the unit's graph").cost(batch: 1)
                    return UnitEvaluation.GraphCost(
                        multiplyAccumulates: cost.multiplyAccumulates,
                        parameters: cost.parameters,
                        bytes: bytes.count
                    )
                }
                return (try cost(encoder), try cost(decoder))
            }
        }
    }
}
