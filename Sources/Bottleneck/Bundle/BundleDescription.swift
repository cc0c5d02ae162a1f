import Coding
import FoundationEssentials
import ImageCodecs

/// The part of a bundle that people can read, as JSON with sorted keys.
struct BundleDescription: Codable {
    /// Most of anything that a bundle lists.
    private static let mostLevels = 64
    private static let mostDimensions = 3

    var network: BottleneckBundle.NetworkReference
    var input: ImageInput
    var tensor: String
    var shape: [Int]
    var kind: BottleneckUnit.Kind
    var levels: [BottleneckUnit.Level]
    var design: DesignRecord
    var evaluation: UnitEvaluation?

    init(_ bundle: BottleneckBundle) {
        network = bundle.network
        input = bundle.input
        tensor = bundle.tensor
        shape = bundle.shape
        kind = bundle.unit.kind
        levels = bundle.unit.levels
        design = bundle.design
        evaluation = bundle.evaluation
    }

    init(text: [UInt8], name: String) throws(BottleneckError) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(text))
        } catch {
            throw .damagedBundle(name, "its description cannot be read (\(error))")
        }
    }

    /// What is wrong with it beside a latent of so many channels; nil for nothing.
    func problem(channels: Int) -> String? {
        guard [1, 3].contains(input.channels),
            (1...PixelImage.sideLimit).contains(input.height),
            (1...PixelImage.sideLimit).contains(input.width), input.scale > 0
        else {
            return "its input is no image with a positive scale"
        }
        guard (1...Self.mostDimensions).contains(shape.count), shape.allSatisfy({ $0 > 0 }) else {
            return "its tensor's shape \(shape) has not one to \(Self.mostDimensions) dimensions"
        }
        let counts = Set(levels.map(\.steps.count))
        guard (1...Self.mostLevels).contains(levels.count), counts.count == 1,
            counts.isSubset(of: [1, channels]),
            levels.allSatisfy({ $0.steps.allSatisfy(LatentLevel.steps.contains) })
        else {
            return "it has no 1 to \(Self.mostLevels) levels of one step, or one for each of "
                + "\(channels) channels"
        }
        return nil
    }

    var text: [UInt8] {
        get throws(BottleneckError) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            do {
                return [UInt8](try encoder.encode(self))
            } catch {
                throw BottleneckError(
                    "the bundle of tensor '\(tensor)'",
                    "a figure of it cannot be written (\(error))",
                    remedy: "measure it again; steps and evaluated figures have to be finite"
                )
            }
        }
    }

    func bundle(encoder: [UInt8], decoder: [UInt8], latentModel: LatentModel) -> BottleneckBundle {
        BottleneckBundle(
            network: network,
            input: input,
            tensor: tensor,
            shape: shape,
            unit: BottleneckUnit(
                kind: kind,
                encoder: encoder,
                decoder: decoder,
                latentModel: latentModel,
                levels: levels
            ),
            design: design,
            evaluation: evaluation
        )
    }
}
