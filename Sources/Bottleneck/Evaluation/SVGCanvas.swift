import Foundation

/// SVG elements in the order they are painted; coordinates are pixels from the top left corner.
struct SVGCanvas {
    private var elements: [String] = []

    /// The document, of the given size on a white ground.
    func document(width: Double, height: Double, title: String) -> String {
        let size = "\(Self.number(width)) \(Self.number(height))"
        let style = "font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\""
        let head = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" \
            width="\(Self.number(width))" height="\(Self.number(height))" role="img" \(style)>
            <title>\(Self.escaped(title))</title>
            <rect width="100%" height="100%" fill="#ffffff"/>

            """
        return head + elements.joined(separator: "\n") + "\n</svg>\n"
    }

    /// Opens a group with attributes; `close` ends it.
    mutating func open(_ attributes: String) { elements.append("<g \(attributes)>") }

    mutating func close() { elements.append("</g>") }

    /// A rectangle that `clip-path="url(#name)"` refers to.
    mutating func clip(_ name: String, _ area: PlotArea) {
        elements.append(
            "<clipPath id=\"\(name)\">"
                + "<rect x=\"\(Self.number(area.left))\" y=\"\(Self.number(area.top))\" "
                + "width=\"\(Self.number(area.width))\" height=\"\(Self.number(area.height))\"/>"
                + "</clipPath>"
        )
    }

    mutating func line(_ from: PlotPosition, _ to: PlotPosition, _ attributes: String) {
        elements.append(
            "<line x1=\"\(Self.number(from.x))\" y1=\"\(Self.number(from.y))\" "
                + "x2=\"\(Self.number(to.x))\" y2=\"\(Self.number(to.y))\" \(attributes)/>"
        )
    }

    mutating func polyline(_ positions: [PlotPosition], _ attributes: String) {
        let points = positions.map { "\(Self.number($0.x)),\(Self.number($0.y))" }
        elements.append(
            "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" \(attributes)/>"
        )
    }

    /// A path given around the origin, moved to a position.
    mutating func path(_ path: String, at position: PlotPosition, _ attributes: String) {
        let place = "translate(\(Self.number(position.x)) \(Self.number(position.y)))"
        elements.append("<path transform=\"\(place)\" d=\"\(path)\" \(attributes)/>")
    }

    /// Any text; what XML reserves is escaped.
    mutating func text(_ text: String, at position: PlotPosition, _ attributes: String) {
        elements.append(
            "<text x=\"\(Self.number(position.x))\" y=\"\(Self.number(position.y))\" "
                + "\(attributes)>\(Self.escaped(text))</text>"
        )
    }

    /// What XML reserves as entities; what it cannot hold at all as a replacement character.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// To a hundredth of a pixel.
    static func number(_ value: Double) -> String {
        let text = String(format: "%.2f", value)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }
}
