import Foundation

/// An analysis as text for a terminal or a Markdown file.
package enum EvaluationTable {
    /// Points of every curve, bytes at the targets of divergence, and differences of rate.
    package static func text(_ analysis: EvaluationAnalysis) -> String {
        var sections = [
            summary(analysis), points(analysis.summaries),
        ]
        if !analysis.divergenceTargets.isEmpty { sections.append(rates(analysis)) }
        if !analysis.comparisons.isEmpty { sections.append(comparisons(analysis)) }
        if !analysis.evaluation.published.isEmpty {
            sections.append(published(analysis.evaluation.published))
        }
        return sections.joined(separator: "\n")
    }

    private static func summary(_ analysis: EvaluationAnalysis) -> String {
        let evaluation = analysis.evaluation
        let uncut =
            evaluation.uncutAccuracy.map { "uncut top-1 \(percent($0)) %" }
            ?? "no labels: agreement with the uncut network stands for accuracy"
        return "\(evaluation.title)\n\(evaluation.imageNames.count) images, \(uncut); "
            + "± is half of a 95 % bootstrap interval over the images\n"
            + evaluation.notes.map { $0 + "\n" }.joined()
    }

    private static func points(_ curves: [CurveSummary]) -> String {
        var table = TextTable(
            [
                "curve", "point", "bytes", "top-1 %", "agreement %", "KL nats", "encoder MACs",
                "parameters", "storage B",
            ],
            textColumns: 2
        )
        for curve in curves {
            for (index, point) in curve.points.enumerated() {
                let cost = index == 0 ? curve.cost : nil
                table.append([
                    index == 0 ? curve.name : "",
                    point.name,
                    estimate(point.bytes, bytes),
                    estimate(point.accuracy, percent),
                    estimate(point.agreement, percent),
                    estimate(point.divergence, nats),
                    count(cost, \.encoderMultiplyAccumulates),
                    count(cost, \.parameters),
                    count(cost, \.storageBytes),
                ])
            }
        }
        return table.text
    }

    private static func rates(_ analysis: EvaluationAnalysis) -> String {
        let targets = analysis.divergenceTargets.map { "bytes at KL " + String(format: "%.3g", $0) }
        var table = TextTable(["curve"] + targets)
        for (curve, rates) in zip(analysis.curves, analysis.ratesAtTargets) {
            table.append(
                [curve.name]
                    + rates.map { rate in
                        switch rate {
                        case .bytes(let value): estimate(value, bytes)
                        case .below(let value): "< " + bytes(value)
                        case .notReached: "not reached"
                        }
                    }
            )
        }
        return "Between the points, monotone cubics of ln bytes over ln KL\n" + table.text
    }

    private static func comparisons(_ analysis: EvaluationAnalysis) -> String {
        var table = TextTable(
            ["curve", "at equal", "bytes", "95 % interval", "over"],
            textColumns: 2
        )
        var refusals = ""
        for comparison in analysis.comparisons {
            let start = [comparison.curve, comparison.metric.title]
            switch comparison.outcome {
            case .success(let difference):
                table.append(
                    start + [
                        change(difference.change.value),
                        difference.change.interval.map {
                            "\(change($0.lowerBound)) … \(change($0.upperBound))"
                        } ?? dash,
                        "\(comparison.metric.text(difference.overlap.lowerBound)) … "
                            + comparison.metric.text(difference.overlap.upperBound),
                    ]
                )
            case .failure(let error):
                table.append(start + [dash, dash, dash])
                refusals += "\(error)\n"
            }
        }
        return "Bjøntegaard rate differences against \(analysis.evaluation.anchor ?? dash)\n"
            + table.text + refusals
    }

    private static func published(_ curves: [CurveSummary]) -> String {
        var table = TextTable(["published", "bytes", "top-1 %"])
        for curve in curves {
            for (index, point) in curve.points.enumerated() {
                table.append([
                    index == 0 ? curve.name : "",
                    estimate(point.bytes, bytes),
                    estimate(point.accuracy, percent),
                ])
            }
        }
        return table.text
    }
}
