import Coding
import Graph
import Inference

extension BottleneckUnit {
    /// A trained unit, with an entropy model fitted to the latents of `tensors`.
    ///
    /// - Parameters:
    ///   - kind: Of the unit.
    ///   - trained: Its graphs and steps.
    ///   - names: Of the levels.
    ///   - latentChannels: How many channels the latent has.
    ///   - tensors: At the cut.
    ///   - engine: Runs the encoder.
    /// - Throws: `BottleneckError` when the latents are not finite.
    init(
        kind: Kind,
        trained: TrainedUnit,
        names: [String],
        latentChannels: Int,
        tensors: [[Float]],
        engine: InferenceEngine
    ) throws(BottleneckError) {
        let levels = zip(names, trained.steps).map { Level(name: $0, steps: $1) }
        let graphs = try BottleneckError.rethrowing { () throws(GraphError) in
            (try trained.encoder.serialized(), try trained.decoder.serialized())
        }
        self.init(
            kind: kind,
            encoder: graphs.0,
            decoder: graphs.1,
            latentModel: try .fitted(
                latents: LatentPass.latents(of: tensors, encoder: trained.encoder, engine: engine),
                channels: latentChannels,
                levels: levels.map(\.latentLevel)
            ),
            levels: levels
        )
    }
}
