import Graph
import Inference

/// Runs samples through the head, and adds up the moments of the cut tensor.
struct TensorPass {
    private let design: SpectralDesign
    private let batch: Int
    private let head: CompiledNetwork
    private let moments: CompiledNetwork

    init(_ design: SpectralDesign, batch: Int) throws(BottleneckError) {
        self.design = design
        self.batch = batch
        head = try design.engine.compile(design.head.model, name: "the head", batch: batch)
        moments = try design.engine.compile(
            BandMoments.graph(design.layout),
            name: "the moments",
            batch: batch
        )
    }

    /// The moments over the samples of `range`, and those of their tensors that are kept.
    func run(
        _ samples: DesignSamples,
        _ range: Range<Int>
    ) throws(BottleneckError) -> (moments: BandMoments, kept: [[Float]]) {
        var sums = BandMoments(design.layout)
        var kept: [[Float]] = []
        let size = design.layout.count
        for start in stride(from: range.lowerBound, to: range.upperBound, by: batch) {
            let count = min(batch, range.upperBound - start)
            try head.withInput(0) { input throws(BottleneckError) in
                for index in 0..<count {
                    let part = index * samples.size..<(index + 1) * samples.size
                    try samples.write(start + index, to: .init(rebasing: input[part]))
                }
            }
            do throws(InferenceError) {
                try head.infer()
                head.withOutput(0) { tensors in
                    sums.load(tensors, samples: count, into: moments)
                    for index in 0..<count where design.keeps(start + index, of: samples.count) {
                        kept.append(Array(tensors[index * size..<(index + 1) * size]))
                    }
                }
                try moments.infer()
            } catch {
                throw BottleneckError(error)
            }
            sums.add(moments, samples: count)
        }
        return (sums, kept)
    }
}
