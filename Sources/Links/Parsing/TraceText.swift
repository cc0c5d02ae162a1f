/// A trace file's text, cut into lines.
struct TraceText {
    let bytes: ArraySlice<UInt8>
    let file: String
    /// The lines without their ends; a final line end begins no further line.
    let lines: [ArraySlice<UInt8>]

    init(_ text: [UInt8], file: String) {
        // A byte order mark, if any, is no content.
        bytes = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
        self.file = file
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            lines.append(Self.withoutReturn(bytes[start..<index]))
            start = index + 1
        }
        if start < bytes.endIndex { lines.append(Self.withoutReturn(bytes[start...])) }
        self.lines = lines
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    /// An error about the line at `index`, counted from 0, or about the whole file.
    func error(line index: Int?, _ problem: String, _ remedy: String) -> TraceError {
        TraceError(file: file, line: index.map { $0 + 1 }, problem: problem, remedy: remedy)
    }

    /// Text for a message, cut short.
    static func quote(_ text: ArraySlice<UInt8>) -> String {
        let shown = String(decoding: text.prefix(40), as: UTF8.self)
        return "'\(shown)\(text.count > 40 ? "…" : "")'"
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        return text
    }
}
