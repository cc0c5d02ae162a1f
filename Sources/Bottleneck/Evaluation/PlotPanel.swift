import Foundation

/// One pair of axes: bytes per image to the right, a quality upwards.
struct PlotPanel {
    let metric: QualityMetric
    let area: PlotArea
    let bytes: PlotScale
    let quality: PlotScale

    /// A panel that spans the points of `curves` and the reference, so far as they are worth
    /// showing: shares at most 0.3 below the best, divergences of 1e-4 to 3 nats.
    init(
        _ metric: QualityMetric,
        _ curves: [CurveSummary],
        reference: Double?,
        area: PlotArea
    ) {
        self.metric = metric
        self.area = area
        let known = curves.flatMap(\.points).compactMap { point in
            point[metric].map { (bytes: point.bytes.value, quality: $0) }
        }
        let shown: [(bytes: Double, quality: Estimate)]
        switch metric {
        case .divergence:
            shown = known.filter { (1e-4...3).contains($0.quality.value) }
            let low = shown.map(\.quality.value).min() ?? 1e-4
            quality = .logarithmic(low...max(low, shown.map(\.quality.value).max() ?? 1))
        case .agreement, .accuracy:
            let best = max(known.map(\.quality.value).max() ?? 1, reference ?? 0)
            shown = known.filter { $0.quality.value >= best - 0.3 }
            let low = shown.map(\.quality.value).min() ?? 0
            let ends = shown.compactMap { $0.quality.interval?.upperBound }
            quality = .linear(min(low, best)...max(best, ends.max() ?? best))
        }
        let low = shown.map(\.bytes).min() ?? 1
        bytes = .logarithmic(low...max(low, shown.map(\.bytes).max() ?? low))
    }

    /// The position of a point, or nil if the point does not know the metric.
    func position(_ point: PointSummary) -> PlotPosition? {
        point[metric].map { position(bytes: point.bytes.value, quality: $0.value) }
    }

    /// Also for what lies outside of the area.
    func position(bytes: Double, quality: Double) -> PlotPosition {
        PlotPosition(
            area.left + area.width * self.bytes.fraction(bytes),
            area.bottom - area.height * self.quality.fraction(quality)
        )
    }

    func contains(_ position: PlotPosition) -> Bool {
        position.x >= area.left - 0.01 && position.x <= area.right + 0.01
            && position.y >= area.top - 0.01 && position.y <= area.bottom + 0.01
    }

    /// Grid, frame, tick labels and the names of the axes.
    func paintAxes(on canvas: inout SVGCanvas) {
        let grid = "stroke=\"#e6e6e6\" stroke-width=\"1\""
        let label = "font-size=\"11\" fill=\"#444444\""
        for tick in quality.ticks {
            let y = position(bytes: bytes.range.lowerBound, quality: tick).y
            canvas.line(PlotPosition(area.left, y), PlotPosition(area.right, y), grid)
            canvas.text(
                text(quality: tick),
                at: PlotPosition(area.left - 7, y + 4),
                label + " text-anchor=\"end\""
            )
        }
        let hasRoom = area.width / bytes.decades > 112
        for tick in bytes.ticks {
            let x = position(bytes: tick, quality: quality.range.lowerBound).x
            canvas.line(PlotPosition(x, area.top), PlotPosition(x, area.bottom), grid)
            guard hasRoom || bytes.isDecade(tick) else { continue }
            canvas.text(
                Self.text(bytes: tick),
                at: PlotPosition(x, area.bottom + 17),
                label + " text-anchor=\"middle\""
            )
        }
        canvas.line(
            PlotPosition(area.left, area.bottom),
            PlotPosition(area.right, area.bottom),
            "stroke=\"#444444\" stroke-width=\"1\""
        )
        canvas.text(
            title,
            at: PlotPosition(area.left, area.top - 12),
            "font-size=\"13\" font-weight=\"bold\" fill=\"#222222\""
        )
        canvas.text(
            "payload per image",
            at: PlotPosition(area.left + area.width / 2, area.bottom + 36),
            "font-size=\"12\" fill=\"#444444\" text-anchor=\"middle\""
        )
    }

    /// A horizontal line with its meaning at its left end.
    func paintReference(_ quality: Double, _ text: String, on canvas: inout SVGCanvas) {
        let start = position(bytes: bytes.range.lowerBound, quality: quality)
        guard contains(start) else { return }
        canvas.line(
            start,
            PlotPosition(area.right, start.y),
            "stroke=\"#222222\" stroke-width=\"1.2\" stroke-dasharray=\"2 3\""
        )
        canvas.text(
            text,
            at: PlotPosition(area.left + 5, start.y - 5),
            "font-size=\"11\" fill=\"#222222\" stroke=\"#ffffff\" stroke-width=\"3\" "
                + "paint-order=\"stroke\" stroke-linejoin=\"round\""
        )
    }

    private var title: String {
        switch metric {
        case .accuracy: "Top-1 accuracy (%)"
        case .agreement: "Agreement with the uncut network (%)"
        case .divergence: "KL to the uncut network (nats)"
        }
    }

    private func text(quality: Double) -> String {
        switch metric {
        case .accuracy, .agreement: Self.short(quality * 100)
        case .divergence: Self.short(quality)
        }
    }

    /// Thousands as in the SI: 1 kB is 1000 bytes.
    private static func text(bytes: Double) -> String {
        if bytes < 999.5 { return short(bytes) + " B" }
        if bytes < 999_500 { return short(bytes / 1000) + " kB" }
        return short(bytes / 1_000_000) + " MB"
    }

    private static func short(_ value: Double) -> String { String(format: "%.3g", value) }
}
