package import FoundationEssentials

/// An analysis as files for other programs.
package enum EvaluationExport {
    /// `evaluation.json`: everything that the table says, to full precision, with sorted keys.
    ///
    /// Shares are fractions, divergences nats, intervals [low, high] at 95 %. What is not known has
    /// no key.
    ///
    /// - Throws: what `JSONEncoder` throws for a figure that is not finite.
    package static func json(_ analysis: EvaluationAnalysis) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(EvaluationRecord(analysis)) + Data("\n".utf8)
    }

    /// Every measurement in a row of comma-separated values after RFC 4180, with a header.
    package static func csv(_ evaluation: Evaluation) -> String {
        var text = "curve,kind,point,image,bytes,kl,agrees,correct\n"
        for curve in evaluation.curves {
            for point in curve.points {
                let start = "\(quoted(curve.name)),\(curve.kind.rawValue),\(quoted(point.name)),"
                for (image, measurement) in zip(evaluation.imageNames, point.measurements) {
                    text += start + quoted(image) + ",\(measurement.payloadBytes),"
                    text += "\(measurement.divergence),\(measurement.agrees ? 1 : 0),"
                    text += (measurement.isCorrect.map { $0 ? "1" : "0" } ?? "") + "\n"
                }
            }
        }
        return text
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
