import Bottleneck
import Foundation
import SimulationCore

/// Curves whose law is known: mean bytes = scale · 1000 · KL^-0.6, with images that differ in
/// bytes and in difficulty, and noise of their own in every curve.
struct SimulatedCurve {
    var scale = 1.0
    var imageCount = 200
    var noise = 0.1
    var divergences = [0.3, 0.1, 0.03, 0.01, 0.003]
    var isLabelled = true

    func curve(
        _ name: String,
        _ kind: CurveKind = .ours,
        images: UInt64 = 1,
        own: UInt32 = 0
    ) -> RateAccuracyCurve {
        let points = divergences.enumerated().map { index, divergence in
            let bytes = scale * 1000 * pow(divergence, -0.6)
            return RatePoint(
                "level \(index)",
                (0..<imageCount).map { image in
                    var shared = RandomDraw(seed: images, purpose: .test, entity: UInt32(image))
                    var individual = RandomDraw(
                        seed: images,
                        purpose: .test,
                        entity: UInt32(image),
                        request: own + 1,
                        attempt: UInt32(index)
                    )
                    let size = 1 + 0.3 * (2 * shared.unit() - 1)
                    let difficulty = shared.exponential()
                    let jitter = 1 + noise * (2 * individual.unit() - 1)
                    let uniform = shared.unit()
                    return Measurement(
                        payloadBytes: max(1, Int((bytes * size * jitter).rounded())),
                        divergence: divergence * difficulty,
                        agrees: uniform > divergence,
                        isCorrect: isLabelled ? uniform > 0.1 + divergence : nil
                    )
                }
            )
        }
        return RateAccuracyCurve(name, kind: kind, points: points)
    }
}
