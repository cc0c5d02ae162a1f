import Bottleneck
import Foundation
import TestSupport
import Testing

/// Measured and published curves that lie beside a checkout on some machines.
enum SharedCurves {
    static let absence: Comment =
        "no data: set SIMCOORD_DATA or place it in ../shared/data beside the package"

    private static let folder = PackageFolder.sharedData
    static let anchors = folder.appending(path: "rate-accuracy-anchors.json")
    static let prototype = folder.appending(path: "rate-accuracy-prototype.json")

    static var exist: Bool {
        FileManager.default.fileExists(atPath: anchors.path)
            && FileManager.default.fileExists(atPath: prototype.path)
    }

    private struct Prototype: Decodable {
        struct Point: Decodable {
            let bytes: Double
            let top1: Double
            let agree: Double
            let kl: Double
        }
        let curves: [String: [Point]]
    }

    /// The prototype's curve of a name; its shares are in per cent.
    static func prototypeCurve(
        _ name: String,
        as title: String,
        _ kind: CurveKind
    ) throws
        -> CurveSummary
    {
        let file = try JSONDecoder().decode(Prototype.self, from: Data(contentsOf: prototype))
        let points = (file.curves[name] ?? []).enumerated().map { index, point in
            PointSummary(
                name: "\(index)",
                bytes: Estimate(point.bytes),
                divergence: Estimate(point.kl),
                agreement: Estimate(point.agree / 100),
                accuracy: Estimate(point.top1 / 100)
            )
        }
        return CurveSummary(title, kind: kind, points: points)
    }

    /// Curves of one cut and of the input, as an evaluation would draw them.
    static func measured() throws -> [CurveSummary] {
        [
            try prototypeCurve("10|E_dct_bandKLT_fisher", as: "spectral, block 10", .ours),
            try prototypeCurve("10|C_gain_main|k2", as: "convolutional, block 10", .convolutional),
            try prototypeCurve("10|C_gain_k1|k1", as: "reference design, block 10", .reference),
            try prototypeCurve("10|D_klt|k2", as: "KLT, block 10", .klt),
            try prototypeCurve("10|A_raw_uniform", as: "quantised tensor, block 10", .quantised),
            try prototypeCurve("input|JPEG", as: "JPEG of the input", .jpeg),
            try prototypeCurve("input|WEBP", as: "WebP of the input", .webp),
        ]
    }
}
