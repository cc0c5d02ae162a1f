package import Bottleneck
import Coding
import FoundationEssentials
import Graph
import Hashing
import ImageCodecs
import Inference
package import Scenario

/// Makes a bundle of a unit that was made elsewhere: joins it with a scenario's network, and fits its
/// entropy tables to the latents of the scenario's calibration samples.
package struct ImportRun {
    package let workload: NetworkWorkload
    package let calibration: NetworkWorkload.Dataset

    /// Reads what a scenario says of its network, its input and the samples; its operating points do not matter.
    ///
    /// - Parameters:
    ///   - path: Of the scenario.
    ///   - settings: What the command line changes in it.
    /// - Throws: `ScenarioProblems`, or `InvalidInput` when its work is synthetic.
    package init(scenario path: String, settings: [String] = []) throws {
        guard case .network(let workload) = try Self.load(path, settings).workload,
            let calibration = workload.calibration
        else {
            throw InvalidInput("model: a unit needs a network; name a scenario that has one")
        }
        (self.workload, self.calibration) = (workload, calibration)
    }

    /// The scenario without the parts that may name the very bundle that is to be made, where it has a network.
    private static func load(_ path: String, _ settings: [String]) throws -> Scenario {
        let file = URL(filePath: path).standardizedFileURL.path
        let overrides = [
            // Any file that is there: the profile is not read.
            "profile=\(file)", "model.unit=null", "expect={}", "precision=null",
            #"operatingPoints={ "local": { "local": {} }, "fit": { "split": "fit", "bits": 8 } }"#,
            #"devices=[{ "name": "import", "arrivals": { "periodic": { "period": "1s" } }, "policy": "local" }]"#,
        ]
        do {
            return try ScenarioLoader.load(path: path, overrides: settings + overrides)
        } catch {
            guard error.isDue(to: overrides) else { throw error }
            // Synthetic work has no place for them; what is wrong with it is its own.
            return try ScenarioLoader.load(path: path, overrides: settings)
        }
    }

    /// Reads the unit, whose JSON is at `path`, runs head and encoder on every sample, and fits the tables.
    ///
    /// - Throws: `InvalidInput` when something cannot be read or does not fit, `InferenceError`, `IDXError`.
    package func execute(unit path: String) throws -> BottleneckBundle {
        let folder = URL(filePath: path).deletingLastPathComponent()
        let external: ExternalUnit
        let encoder: [UInt8]
        let decoder: [UInt8]
        do {
            external = try ExternalUnit(json: Data(Self.read(URL(filePath: path))), name: path)
            let files = [external.encoder, external.decoder].map {
                URL(filePath: $0, relativeTo: folder)
            }
            encoder = try external.encoderGraph(Self.read(files[0]))
            decoder = try external.decoderGraph(Self.read(files[1]))
        } catch let error as InvalidInput {
            throw error
        } catch {
            throw InvalidInput("\(error)")
        }
        let plan = try NetworkPlan(workload: workload, points: [])
        let networks: UnitNetworks
        do {
            networks = try UnitNetworks(
                encoder: encoder,
                decoder: decoder,
                at: external.tensor,
                of: plan.network,
                name: path
            )
            try external.checkLevels(channels: networks.latentShape[0], name: path)
        } catch {
            throw InvalidInput("\(error)")
        }
        let engine = try InferenceEngine()
        let latents = try latents(
            networks,
            plan,
            SampleSet(calibration, input: workload.input),
            engine
        )
        return BottleneckBundle(
            network: .init(
                name: URL(filePath: workload.onnx).lastPathComponent,
                sha256: plan.networkDigest
            ),
            input: workload.input,
            tensor: external.tensor,
            shape: networks.tensorShape,
            unit: BottleneckUnit(
                kind: .external,
                encoder: encoder,
                decoder: decoder,
                latentModel: try .fitted(
                    latents: latents,
                    channels: networks.latentShape[0],
                    levels: external.levels.map(\.latentLevel)
                ),
                levels: external.levels
            ),
            design: DesignRecord(
                data: URL(filePath: calibration.files.images).lastPathComponent,
                samples: calibration.count,
                seed: 0,
                options: [
                    "encoder": external.encoder, "decoder": external.decoder,
                    "first-sample": "\(calibration.first)",
                ],
                versions: ["engine": engine.version]
            )
        )
    }

    private func latents(
        _ networks: UnitNetworks,
        _ plan: NetworkPlan,
        _ samples: SampleSet,
        _ engine: InferenceEngine
    ) throws -> [[Float]] {
        let compiled = try engine.compile(
            onnx: networks.device.serialized(),
            name: "head and encoder",
            shapes: .batch(1)
        )
        return try (0..<samples.count).map { index in
            let pixels = try samples.pixels(index)
            compiled.withInput(0) { plan.workload.input.write(pixels, to: $0) }
            try compiled.infer()
            return compiled.withOutput(0) { Array($0) }
        }
    }

    private static func read(_ file: URL) throws(InvalidInput) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: file))
        } catch {
            throw InvalidInput("\(file.path): the file cannot be read; correct the path")
        }
    }
}
