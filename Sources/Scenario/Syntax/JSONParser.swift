/// Reads JSON (RFC 8259) with `//` and `/* */` comments and trailing commas, and keeps positions.
///
/// Keys must be unique, text must be UTF-8, and values nest at most `maximumDepth` deep.
struct JSONParser {
    static let maximumDepth = 64

    let bytes: [UInt8]
    /// Whether every byte is a character: then no column has to be counted, and one long line takes no longer than many.
    private let isASCII: Bool
    var offset = 0
    private var line = 1
    /// Offset of the first byte of `line`.
    private var lineStart = 0
    private var depth = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
        self.isASCII = bytes.allSatisfy { $0 < 0x80 }
    }

    /// Reads the one value that `bytes` must hold.
    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONNode {
        var parser = JSONParser(bytes: bytes)
        try parser.checkEncoding()
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { parser.offset = 3 }
        try parser.skipSpace()
        let node = try parser.value()
        try parser.skipSpace()
        if parser.offset < bytes.count {
            throw parser.error("more text after the end of the value", "remove it")
        }
        return node
    }

    static func parse(_ text: String) throws(JSONSyntaxError) -> JSONNode {
        try parse(Array(text.utf8))
    }

    /// The byte at the position, or nil at the end.
    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The position; columns count characters, that is, bytes which begin one.
    var location: Location {
        let end = min(offset, bytes.count)
        let before = min(lineStart, end)..<end
        let characters = isASCII ? before.count : bytes[before].count { $0 & 0xc0 != 0x80 }
        return .text(line: line, column: characters + 1)
    }

    func error(_ problem: String, _ remedy: String) -> JSONSyntaxError {
        JSONSyntaxError(location: location, problem: problem, remedy: remedy)
    }

    /// What stands at the position, for messages.
    var found: String {
        guard let byte = current else { return "the end of the text" }
        let character = String(
            decoding: bytes[offset..<min(offset + 4, bytes.count)],
            as: UTF8.self
        )
        .prefix(1)
        return byte < 0x20 ? "a control character" : "'\(character)'"
    }

    private mutating func checkEncoding() throws(JSONSyntaxError) {
        guard let invalid = UTF8Check.firstInvalid(bytes) else { return }
        while offset < invalid { advance() }
        throw error("not UTF-8 text", "save the file as UTF-8")
    }

    mutating func advance() {
        if bytes[offset] == 0x0a {
            line += 1
            lineStart = offset + 1
        }
        offset += 1
    }

    mutating func skipSpace() throws(JSONSyntaxError) {
        while let byte = current {
            switch byte {
            case 0x20, 0x09, 0x0a, 0x0d: advance()
            case UInt8(ascii: "/"): try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONSyntaxError) {
        switch offset + 1 < bytes.count ? bytes[offset + 1] : 0 {
        case UInt8(ascii: "/"):
            while let byte = current, byte != 0x0a { advance() }
        case UInt8(ascii: "*"):
            let start = error("this comment does not end", "close it with */")
            offset += 2
            while current != UInt8(ascii: "*") || offset + 1 >= bytes.count
                || bytes[offset + 1] != UInt8(ascii: "/")
            {
                if current == nil { throw start }
                advance()
            }
            offset += 2
        default: throw error("a lone '/'", "begin a comment with // or /*")
        }
    }

    mutating func value() throws(JSONSyntaxError) -> JSONNode {
        let start = location
        guard let byte = current else {
            throw error("expected a value, found the end of the text", "finish the value")
        }
        let value: JSONValue
        switch byte {
        case UInt8(ascii: "{"):
            value = try nested { parser throws(JSONSyntaxError) in try parser.object() }
        case UInt8(ascii: "["):
            value = try nested { parser throws(JSONSyntaxError) in try parser.array() }
        case UInt8(ascii: "\""): value = .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = .number(try number())
        default: value = try word()
        }
        return JSONNode(location: start, value: value)
    }

    private mutating func nested(
        _ read: (inout JSONParser) throws(JSONSyntaxError) -> JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        guard depth < Self.maximumDepth else {
            throw error("more than \(Self.maximumDepth) levels of nesting", "nest less deeply")
        }
        depth += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    private mutating func word() throws(JSONSyntaxError) -> JSONValue {
        let start = offset
        var end = offset
        while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
        let word = String(decoding: bytes[start..<end], as: UTF8.self)
        switch word {
        case "true", "false", "null": offset = end
        case "":
            throw error("expected a value, found \(found)", "write a value")
        default:
            throw error("\(word) is not a value", "put text in quotes: \(word.quoted)")
        }
        return word == "null" ? .null : .boolean(word == "true")
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
