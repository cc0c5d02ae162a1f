package import FoundationEssentials

/// A file of curves that others published.
///
///     {"NAME": {"src": "where from", "pts": [{"bytes": 150, "top1": 74.44}, …]}, …}
///
/// A point has its rate as `bytes` per image and its top-1 accuracy in per cent as `top1`; the
/// same rate in other units, `bpp` and `KiB`, may stand beside it. Names that begin with an
/// underscore are notes.
package enum PublishedCurves {
    /// The file's curves, sorted by name and named as of other networks; `data` is its bytes in
    /// UTF-8, `file` what errors call it.
    ///
    /// - Throws: `BottleneckError` with the place in the file.
    package static func decode(
        _ data: Data,
        file: String
    ) throws(BottleneckError) -> [CurveSummary] {
        let entries: [String: PublishedEntry]
        do {
            entries = try JSONDecoder().decode([String: PublishedEntry].self, from: data)
        } catch let error as DecodingError {
            throw BottleneckError(file, reason(error), remedy: remedy)
        } catch {
            throw BottleneckError(file, "\(error)", remedy: remedy)
        }
        var curves: [CurveSummary] = []
        for (name, entry) in entries.sorted(by: { $0.key < $1.key }) {
            guard case .curve(let points) = entry else { continue }
            curves.append(try curve(name, points, file: file))
        }
        return curves
    }

    /// Per image, on average.
    private static let plausibleBytes = 1e-3...1e12

    private static let remedy =
        #"write {"NAME": {"src": "SOURCE", "pts": [{"bytes": 150, "top1": 74.4}]}}"#

    private static func curve(
        _ name: String,
        _ points: [PublishedPoint],
        file: String
    ) throws(BottleneckError) -> CurveSummary {
        guard !points.isEmpty else {
            throw BottleneckError(
                "\(file): \(name)",
                "it has no points",
                remedy: "add some, or remove the curve"
            )
        }
        for (index, point) in points.enumerated() {
            let subject = "\(file): \(name), point \(index + 1)"
            guard plausibleBytes.contains(point.bytes) else {
                throw BottleneckError(
                    subject,
                    "\(point.bytes) bytes are no rate",
                    remedy: "give the bytes per image"
                )
            }
            guard (0...100).contains(point.top1) else {
                throw BottleneckError(
                    subject,
                    "a top-1 accuracy of \(point.top1) % cannot be",
                    remedy: "give per cent between 0 and 100"
                )
            }
        }
        return CurveSummary(
            "other network: " + name.split(separator: "_").joined(separator: " "),
            kind: .published,
            points: points.enumerated().map { index, point in
                PointSummary(
                    name: "\(index + 1)",
                    bytes: Estimate(point.bytes),
                    accuracy: Estimate(point.top1 / 100)
                )
            }
        )
    }

    /// In one line, with the path inside the file.
    private static func reason(_ error: DecodingError) -> String {
        let context: DecodingError.Context
        switch error {
        case .typeMismatch(_, let found): context = found
        case .valueNotFound(_, let found): context = found
        case .keyNotFound(_, let found): context = found
        case .dataCorrupted(let found): context = found
        @unknown default: return "it cannot be read"
        }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        let place = path.isEmpty ? "" : "at \(path.joined(separator: "/")): "
        return place + context.debugDescription
    }
}
