import Foundation

/// Names of curves in columns of equal width, block under block.
struct PlotLegend {
    let left: Double
    let width: Double
    /// Where the next block begins.
    private(set) var bottom: Double

    /// What stands before a name.
    enum Key {
        case style(PlotStyle)
        case number(Int)
    }

    init(left: Double, top: Double, width: Double) {
        self.left = left
        self.width = width
        bottom = top
    }

    /// A block of names, filled column by column.
    mutating func paint(_ entries: [(name: String, key: Key)], on canvas: inout SVGCanvas) {
        guard let longest = entries.map(\.name.count).max() else { return }
        // Seven pixels hold the average letter of 12 pixels height in the fonts asked for.
        let columnWidth = 60 + 7 * Double(longest)
        let columns = max(1, min(entries.count, Int(width / columnWidth)))
        let rows = (entries.count + columns - 1) / columns
        for (index, entry) in entries.enumerated() {
            let place = PlotPosition(
                left + Double(index / rows) * columnWidth,
                bottom + 20 * Double(index % rows)
            )
            paint(entry.key, at: place, on: &canvas)
            canvas.text(
                entry.name,
                at: PlotPosition(place.x + 40, place.y + 4),
                "font-size=\"12\" fill=\"#222222\""
            )
        }
        bottom += 20 * Double(rows) + 10
    }

    mutating func paint(note: String, on canvas: inout SVGCanvas) {
        guard !note.isEmpty else { return }
        canvas.text(
            note,
            at: PlotPosition(left, bottom + 2),
            "font-size=\"11\" font-style=\"italic\" fill=\"#666666\""
        )
        bottom += 10
    }

    private func paint(_ key: Key, at place: PlotPosition, on canvas: inout SVGCanvas) {
        let end = PlotPosition(place.x + 32, place.y)
        let middle = PlotPosition(place.x + 16, place.y)
        switch key {
        case .style(let style):
            canvas.line(place, end, "stroke=\"\(style.colour)\" stroke-width=\"1.8\"")
            canvas.path(style.marker.path, at: middle, "fill=\"\(style.colour)\"")
        case .number(let number):
            canvas.line(
                place,
                end,
                "stroke=\"#a3a3a3\" stroke-width=\"1.1\" stroke-dasharray=\"5 3\""
            )
            canvas.text(
                "\(number)",
                at: PlotPosition(middle.x, middle.y + 3.5),
                "font-size=\"10\" fill=\"#6f6f6f\" text-anchor=\"middle\" stroke=\"#ffffff\" "
                    + "stroke-width=\"3.5\" paint-order=\"stroke\""
            )
        }
    }
}
