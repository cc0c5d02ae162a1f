extension PlotPanel {
    /// A measured curve: line, whiskers of the intervals, and a marker for each point inside.
    func paint(_ curve: CurveSummary, _ style: PlotStyle, on canvas: inout SVGCanvas) {
        let points = curve.points.sorted { $0.bytes.value < $1.bytes.value }
        let positions = points.compactMap(position)
        canvas.open("clip-path=\"url(#\(metric.rawValue))\"")
        canvas.polyline(
            positions,
            "stroke=\"\(style.colour)\" stroke-width=\"1.8\" stroke-linejoin=\"round\""
        )
        for point in points {
            guard let interval = point[metric]?.interval else { continue }
            let ends = [interval.lowerBound, interval.upperBound].map {
                position(bytes: point.bytes.value, quality: $0)
            }
            canvas.line(
                ends[0],
                ends[1],
                "stroke=\"\(style.colour)\" stroke-width=\"1.1\" stroke-opacity=\"0.35\""
            )
        }
        canvas.close()
        for position in positions where contains(position) {
            paintMarker(style, at: position, on: &canvas)
        }
    }

    /// A marker in a white rim, which keeps it apart from what it lies on.
    func paintMarker(_ style: PlotStyle, at position: PlotPosition, on canvas: inout SVGCanvas) {
        canvas.path(
            style.marker.path,
            at: position,
            "class=\"marker\" fill=\"\(style.colour)\" stroke=\"#ffffff\" stroke-width=\"0.9\""
        )
    }

    /// The line of a published curve; its number is painted over all lines.
    func paintPublished(_ curve: CurveSummary, on canvas: inout SVGCanvas) {
        let points = curve.points.sorted { $0.bytes.value < $1.bytes.value }
        canvas.open("clip-path=\"url(#\(metric.rawValue))\"")
        canvas.polyline(
            points.compactMap(position),
            "stroke=\"#a3a3a3\" stroke-width=\"1.1\" stroke-dasharray=\"5 3\""
        )
        canvas.close()
    }

    /// The numbers of published curves, each at the point that is farthest from `obstacles` and
    /// from the numbers before it; a curve without a point inside gets none.
    func paintNumbers(
        _ curves: [CurveSummary],
        obstacles: [PlotPosition],
        on canvas: inout SVGCanvas
    ) {
        var taken = obstacles
        for (index, curve) in curves.enumerated() {
            let inside = curve.points.compactMap(position).filter(contains)
            let clearances = inside.map { place in
                taken.map { $0.distance(to: place) }.min() ?? .infinity
            }
            guard let best = clearances.indices.max(by: { clearances[$0] < clearances[$1] }) else {
                continue
            }
            taken.append(inside[best])
            canvas.text(
                "\(index + 1)",
                at: PlotPosition(inside[best].x, inside[best].y + 3.5),
                "class=\"number\" font-size=\"10\" fill=\"#6f6f6f\" text-anchor=\"middle\" "
                    + "stroke=\"#ffffff\" stroke-width=\"3.5\" paint-order=\"stroke\""
            )
        }
    }
}
