/// How a curve is painted.
struct PlotStyle: Equatable {
    let colour: String
    let marker: PlotMarker

    /// Colours of Okabe and Ito, "Color universal design" (2008), which colour-blind readers tell
    /// apart, without the yellow that is lost on white; the grey in its place is dark.
    private static let palette = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333", "#8a5a00",
    ]

    /// One style a curve, in their order: the kind's own for the first of a kind, and what the
    /// others leave over for the rest.
    static func styles(_ curves: [CurveSummary]) -> [PlotStyle] {
        var own = [Int?](repeating: nil, count: curves.count)
        var taken: [Int] = []
        for (index, curve) in curves.enumerated() where !taken.contains(slot(curve.kind)) {
            own[index] = slot(curve.kind)
            taken.append(slot(curve.kind))
        }
        var next = 0
        return own.map { slot in
            if let slot { return style(slot) }
            while taken.contains(next) { next += 1 }
            taken.append(next)
            return style(next)
        }
    }

    /// Beyond the palette the colours return with other markers.
    private static func style(_ slot: Int) -> PlotStyle {
        let markers = PlotMarker.allCases
        return PlotStyle(
            colour: palette[slot % palette.count],
            marker: markers[(slot + slot / palette.count) % markers.count]
        )
    }

    private static func slot(_ kind: CurveKind) -> Int {
        switch kind {
        case .ours: 0
        case .reference: 1
        case .klt: 2
        case .quantised: 3
        case .jpeg: 4
        case .convolutional: 5
        case .webp: 6
        case .published: 7
        }
    }
}
