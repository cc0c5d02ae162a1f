/// Colours and weights for a terminal, or none for a file.
struct TerminalStyle {
    let isColoured: Bool

    func heading(_ text: String) -> String { wrap(text, "1") }
    func good(_ text: String) -> String { wrap(text, "32") }
    func bad(_ text: String) -> String { wrap(text, "1;31") }
    func faint(_ text: String) -> String { wrap(text, "2") }
    func bar(_ text: String) -> String { wrap(text, "36") }

    /// A horizontal bar of `fraction` × `width` cells, to an eighth of a cell.
    static func barText(_ fraction: Double, width: Int) -> String {
        guard fraction > 0 else { return "" }
        let eighths = max(1, Int((min(fraction, 1) * Double(width) * 8).rounded()))
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }

    private func wrap(_ text: String, _ code: String) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
