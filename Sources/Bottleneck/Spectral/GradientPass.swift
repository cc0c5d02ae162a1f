import Foundation
import Graph
import Inference
import SimulationCore

/// Takes gradients of random projections of the logits at cut tensors, and adds up their moments.
struct GradientPass {
    private let design: SpectralDesign
    private let batch: Int
    private let tail: CompiledNetwork
    private let gradient: CompiledNetwork
    private let moments: CompiledNetwork

    init(_ design: SpectralDesign, batch: Int) throws(BottleneckError) {
        self.design = design
        self.batch = batch
        let engine = design.engine
        let product = try BottleneckError.rethrowing { () throws(GraphError) in
            try design.tail.vectorJacobianProduct(batch: batch).model
        }
        tail = try engine.compile(design.tail.model, name: "the tail", batch: batch)
        gradient = try engine.compile(product, name: "the tail's gradient", batch: batch)
        moments = try engine.compile(
            BandMoments.graph(design.layout),
            name: "the moments",
            batch: batch
        )
    }

    /// The seed is the gradient's last input.
    private var seedInput: Int { gradient.inputs.count - 1 }

    /// The moments over the projections at the tensors of `range`.
    func run(_ tensors: [[Float]], _ range: Range<Int>) throws(BottleneckError) -> BandMoments {
        var sums = BandMoments(design.layout)
        for start in stride(from: range.lowerBound, to: range.upperBound, by: batch) {
            let indices = start..<min(start + batch, range.upperBound)
            do throws(InferenceError) {
                load(tensors[indices], into: tail)
                try tail.infer()
                // The gradient of a linear tail does not depend on the tensor.
                if seedInput > 0 { load(tensors[indices], into: gradient) }
                for projection in 0..<design.options.projections {
                    seed(indices, projection)
                    try gradient.infer()
                    gradient.withOutput(0) {
                        sums.load($0, samples: indices.count, into: moments)
                    }
                    try moments.infer()
                    sums.add(moments, samples: indices.count)
                }
            } catch {
                throw BottleneckError(error)
            }
        }
        return sums
    }

    /// Writes tensors, and zeros where the batch has none.
    private func load(_ tensors: ArraySlice<[Float]>, into network: CompiledNetwork) {
        network.withInput(0) { input in
            input.update(repeating: 0)
            for (index, tensor) in tensors.enumerated() {
                let part = index * tensor.count..<(index + 1) * tensor.count
                _ = UnsafeMutableBufferPointer(rebasing: input[part]).update(fromContentsOf: tensor)
            }
        }
    }

    /// Writes v = √p ⊙ e − p (√pᵀ e), e standard normal, whose covariance is diag p − p pᵀ; zeros
    /// where the batch has no tensor, so that nothing is added there.
    private func seed(_ indices: Range<Int>, _ projection: Int) {
        tail.withOutput(0) { logits in
            gradient.withInput(seedInput) { seed in
                seed.update(repeating: 0)
                let classes = logits.count / batch
                for (place, index) in indices.enumerated() {
                    let part = place * classes..<(place + 1) * classes
                    let largest = logits[part].max() ?? 0
                    let weights = logits[part].map { exp(Double($0 - largest)) }
                    let total = weights.reduce(0, +)
                    var draw = RandomDraw(
                        seed: design.options.seed,
                        purpose: .fisherProjection,
                        entity: UInt32(index),
                        request: UInt32(projection)
                    )
                    let noise = weights.map { ($0 / total).squareRoot() * draw.normal() }
                    let mean = zip(weights, noise).reduce(0.0) {
                        $0 + ($1.0 / total).squareRoot() * $1.1
                    }
                    for (entry, noise) in noise.enumerated() {
                        seed[part.lowerBound + entry] = Float(
                            noise - weights[entry] / total * mean
                        )
                    }
                }
            }
        }
    }
}
