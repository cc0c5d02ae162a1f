import Foundation

/// The figure of an evaluation: bytes per image against accuracy, agreement and divergence.
package struct EvaluationPlot: Sendable {
    private let measured: [CurveSummary]
    private let published: [CurveSummary]
    private let styles: [PlotStyle]
    private let panels: [PlotPanel]

    private static let width = 1420.0
    private static let margin = 24.0
    /// Between panels, for the labels of the axis.
    private static let gap = 66.0
    private static let panelTop = 108.0
    private static let panelHeight = 400.0

    /// A self-contained SVG document without scripts.
    ///
    /// Curves of kind `published` are drawn grey and numbered in the panel of accuracy, the only
    /// thing they tell; without labels there is no such panel, and they are left out. Points that
    /// would squeeze the others, far below them, are outside of the axes and counted in a note.
    ///
    /// - Parameters:
    ///   - curves: at least one point each; markers and colours follow their kinds.
    ///   - title: what is evaluated.
    ///   - subtitle: such as the number of images.
    ///   - uncutAccuracy: of the uncut network on the same images, 0...1.
    ///   - divergenceTargets: in nats; a line each, with the number of points it is worth.
    /// - Returns: the document's text.
    package static func svg(
        curves: [CurveSummary],
        title: String,
        subtitle: String = "",
        uncutAccuracy: Double? = nil,
        divergenceTargets: [Double] = EvaluationAnalysis.standardTargets
    ) -> String {
        let plot = EvaluationPlot(curves, uncutAccuracy: uncutAccuracy)
        var canvas = SVGCanvas()
        canvas.text(
            title,
            at: PlotPosition(margin, 36),
            "font-size=\"19\" font-weight=\"bold\" fill=\"#111111\""
        )
        canvas.text(subtitle, at: PlotPosition(margin, 58), "font-size=\"13\" fill=\"#555555\"")
        for panel in plot.panels {
            plot.paint(panel, uncutAccuracy, divergenceTargets, on: &canvas)
        }
        let bottom = plot.paintLegend(on: &canvas)
        return canvas.document(width: width, height: bottom + margin, title: title)
    }

    private init(_ curves: [CurveSummary], uncutAccuracy: Double?) {
        let measured = curves.filter { $0.kind != .published }
        self.measured = measured
        styles = PlotStyle.styles(measured)
        let metrics = [QualityMetric.accuracy, .agreement, .divergence].filter { metric in
            measured.contains { $0.points.contains { $0[metric] != nil } }
        }
        let published =
            metrics.contains(.accuracy) ? curves.filter { $0.kind == .published } : []
        self.published = published
        // Published curves widen the axis of bytes of the first panel.
        let weights = metrics.map { $0 == .accuracy && !published.isEmpty ? 1.35 : 1 }
        let room = Self.width - 2 * Self.margin - Self.gap * Double(metrics.count)
        let unit = room / max(weights.reduce(0, +), 2)
        var left = Self.margin + Self.gap - 8
        var panels: [PlotPanel] = []
        for (metric, weight) in zip(metrics, weights) {
            let area = PlotArea(
                left: left,
                top: Self.panelTop,
                width: unit * weight,
                height: Self.panelHeight
            )
            let reference = metric == .accuracy ? uncutAccuracy : nil
            panels.append(PlotPanel(metric, measured + published, reference: reference, area: area))
            left = area.right + Self.gap
        }
        self.panels = panels
    }

    private func paint(
        _ panel: PlotPanel,
        _ uncutAccuracy: Double?,
        _ targets: [Double],
        on canvas: inout SVGCanvas
    ) {
        canvas.clip(panel.metric.rawValue, panel.area)
        panel.paintAxes(on: &canvas)
        if panel.metric == .accuracy {
            for curve in published { panel.paintPublished(curve, on: &canvas) }
            if let uncutAccuracy {
                let text = String(format: "uncut network %.1f %%", uncutAccuracy * 100)
                panel.paintReference(uncutAccuracy, text, on: &canvas)
            }
        }
        if panel.metric == .divergence {
            for target in targets {
                panel.paintReference(target, String(format: "%.3g", target), on: &canvas)
            }
        }
        for (curve, style) in zip(measured, styles).reversed() {
            panel.paint(curve, style, on: &canvas)
        }
        if panel.metric == .accuracy {
            let obstacles = measured.flatMap { $0.points.compactMap(panel.position) }
            panel.paintNumbers(published, obstacles: obstacles, on: &canvas)
        }
    }

    /// Names under the panels; returns where they end.
    private func paintLegend(on canvas: inout SVGCanvas) -> Double {
        var legend = PlotLegend(
            left: Self.margin + 8,
            top: Self.panelTop + Self.panelHeight + 66,
            width: Self.width - 2 * Self.margin - 8
        )
        legend.paint(zip(measured, styles).map { ($0.name, .style($1)) }, on: &canvas)
        legend.paint(
            published.enumerated().map { ($1.name, .number($0 + 1)) },
            on: &canvas
        )
        legend.paint(note: note, on: &canvas)
        return legend.bottom
    }

    private var note: String {
        let hidden = panels.map { panel in
            (measured + published).flatMap { $0.points.compactMap(panel.position) }
                .count { !panel.contains($0) }
        }
        let all = zip(panels, hidden).filter { $1 > 0 }.map { "\($1) of \($0.metric.title)" }
        let hasIntervals = measured.contains { $0.points.contains { $0.bytes.interval != nil } }
        return (hasIntervals ? "Whiskers are 95 % bootstrap intervals over the images. " : "")
            + (all.isEmpty ? "" : "Points outside of the axes: \(all.joined(separator: ", ")).")
    }
}
