import Coding
package import FoundationEssentials
package import ImageCodecs
import SimulationCore

/// A unit as it is stored: in one file, with what it belongs to, where it comes from and what it yields.
package struct BottleneckBundle: Sendable, Equatable {
    /// The network that a unit was designed for.
    package struct NetworkReference: Codable, Sendable, Equatable {
        /// The file's name without its folder, for messages.
        package var name: String
        /// SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.
        package var sha256: String

        package init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    package var network: NetworkReference
    /// How images became the network's input when the unit was designed.
    package var input: ImageInput
    /// The split point's tensor.
    package var tensor: String
    /// The tensor's shape for one sample, without the batch dimension: [C, H, W] or [C].
    package var shape: [Int]
    package var unit: BottleneckUnit
    package var design: DesignRecord
    /// Nil until the unit has been evaluated.
    package var evaluation: UnitEvaluation?

    package init(
        network: NetworkReference,
        input: ImageInput,
        tensor: String,
        shape: [Int],
        unit: BottleneckUnit,
        design: DesignRecord,
        evaluation: UnitEvaluation? = nil
    ) {
        self.network = network
        self.input = input
        self.tensor = tensor
        self.shape = shape
        self.unit = unit
        self.design = design
        self.evaluation = evaluation
    }

    /// The bytes of the file; equal bundles give equal bytes.
    ///
    /// - Throws: `BottleneckError` when a figure is not finite, or the bundle could not be read again.
    package func serialized() throws(BottleneckError) -> [UInt8] {
        let description = BundleDescription(self)
        if let problem = description.problem(channels: unit.latentModel.channels) {
            throw BottleneckError(
                "the bundle of tensor '\(tensor)'",
                "it cannot be written: \(problem)",
                remedy: "change what it is made of"
            )
        }
        return BundleContainer.bytes([
            try description.text, unit.encoder, unit.decoder, unit.latentModel.encodedDescription,
        ])
    }

    /// Reads the bytes of a bundle's file, which `name` stands for in messages.
    ///
    /// - Throws: `BottleneckError` for what is no bundle, is of another version, cut short or altered.
    package init(bytes: [UInt8], name: String) throws(BottleneckError) {
        let sections = try BundleContainer.sections(of: bytes, name: name)
        let description = try BundleDescription(text: sections[0], name: name)
        let model: LatentModel
        do throws(CodingError) {
            model = try LatentModel(description: sections[3])
        } catch {
            throw .damagedBundle(name, "\(error)")
        }
        if let problem = description.problem(channels: model.channels) {
            throw .damagedBundle(name, problem)
        }
        self = description.bundle(
            encoder: sections[1],
            decoder: sections[2],
            latentModel: model
        )
    }

    /// Reads a file.
    ///
    /// - Throws: As `init(bytes:name:)`, and `BottleneckError` when it cannot be read.
    package init(contentsOf file: URL) throws(BottleneckError) {
        try self.init(bytes: Self.bytes(of: file), name: file.path)
    }

    /// Writes a file, or replaces it as a whole.
    ///
    /// - Throws: As `serialized()`, and `BottleneckError` when it cannot be written.
    package func write(to file: URL) throws(BottleneckError) {
        let bytes = try serialized()
        do {
            try Data(bytes).write(to: file, options: .atomic)
        } catch {
            throw BottleneckError(
                file.path,
                "the bundle cannot be written",
                remedy: "name a file in a folder that you may write to"
            )
        }
    }

    /// The bytes of a file.
    ///
    /// - Throws: `BottleneckError` when it cannot be read.
    package static func bytes(of file: URL) throws(BottleneckError) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: file))
        } catch {
            throw BottleneckError(
                file.path,
                "the file cannot be read",
                remedy: "name a bundle made with simcoord train"
            )
        }
    }

    /// What identifies a bundle: the SHA-256 at the end of its file, 64 lower-case hexadecimal digits.
    package static func digest(of bytes: [UInt8]) -> String {
        bytes.suffix(BundleContainer.hashBytes).hexadecimal
    }
}
