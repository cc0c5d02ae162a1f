extension JSONParser {
    /// Reads a string; the position is at its quote.
    mutating func string() throws(JSONSyntaxError) -> String {
        let start = error("this text does not end on its line", "close it with '\"'")
        advance()
        var result: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"):
                result += Array(String(try escape()).utf8)
            case 0x0a, 0x0d: throw start
            case 0..<0x20:
                throw error("a control character in text", "write it as \\u00XX")
            default:
                result.append(byte)
                advance()
            }
        }
        throw start
    }

    private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = error("an unknown escape", "write \\\\ for a backslash")
        advance()
        guard let byte = current else { throw start }
        advance()
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(start)
        default: throw start
        }
    }

    /// Reads the digits after `\u`, and a second escape when they are half a surrogate pair.
    private mutating func unicodeEscape(
        _ start: JSONSyntaxError
    ) throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try hexadecimal(start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        let isPair =
            first < 0xdc00 && offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: "\\")
            && bytes[offset + 1] == UInt8(ascii: "u")
        guard isPair else { throw start }
        offset += 2
        let second = try hexadecimal(start)
        guard 0xdc00...0xdfff ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        else { throw start }
        return scalar
    }

    private mutating func hexadecimal(_ start: JSONSyntaxError) throws(JSONSyntaxError) -> UInt32 {
        guard offset + 4 <= bytes.count else { throw start }
        let digits = String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
            let value = UInt32(digits, radix: 16)
        else { throw start }
        offset += 4
        return value
    }

    /// Reads a number of the JSON grammar and returns it as written.
    mutating func number() throws(JSONSyntaxError) -> String {
        let start = offset
        let malformed = error("not a number of JSON", "write it like 12, 0.5 or 1e3")
        if current == UInt8(ascii: "-") { advance() }
        let whole = digits()
        if whole == 0 || whole > 1 && bytes[offset - whole] == UInt8(ascii: "0") {
            throw malformed
        }
        if current == UInt8(ascii: ".") {
            advance()
            if digits() == 0 { throw malformed }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            advance()
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { advance() }
            if digits() == 0 { throw malformed }
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if let byte = current, isUnit(byte) {
            throw JSONSyntaxError(
                location: malformed.location,
                problem: "a number with a unit needs quotes",
                remedy: "write it like \"20ms\""
            )
        }
        return text
    }

    private mutating func digits() -> Int {
        let start = offset
        while let byte = current, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { advance() }
        return offset - start
    }

    private func isUnit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
            || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }
}
