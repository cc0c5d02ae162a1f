import Graph
import Inference

/// Runs an encoder on tensors.
enum LatentPass {
    /// The latent of each tensor.
    static func latents(
        of tensors: [[Float]],
        encoder: Network,
        engine: InferenceEngine
    ) throws(BottleneckError) -> [[Float]] {
        try Shards.map(samples: tensors.count) { range throws(BottleneckError) in
            let network = try engine.compile(encoder.model, name: "the encoder", batch: 1)
            var latents: [[Float]] = []
            for index in range {
                do throws(InferenceError) {
                    latents.append(try network.run([tensors[index]])[0])
                } catch {
                    throw BottleneckError(error)
                }
            }
            return latents
        }.flatMap(\.self)
    }
}
