import Foundation

/// What a classifier's logits say, as natural logarithms of probabilities.
struct ClassProbabilities {
    private let logarithms: [Double]
    /// The first of the most probable classes.
    let best: Int

    init(logits: some Collection<Float>) {
        let largest = Double(logits.max() ?? 0)
        let sum = logits.reduce(0.0) { $0 + exp(Double($1) - largest) }
        let offset = largest + log(sum)
        let logarithms = logits.map { Double($0) - offset }
        self.logarithms = logarithms
        best = logarithms.indices.max { logarithms[$0] < logarithms[$1] } ?? 0
    }

    /// KL(self || other) in nats.
    func divergence(of other: ClassProbabilities) -> Double {
        zip(logarithms, other.logarithms).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
    }
}
