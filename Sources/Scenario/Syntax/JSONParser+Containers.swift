extension JSONParser {
    /// Reads an object; the position is at its brace.
    mutating func object() throws(JSONSyntaxError) -> JSONValue {
        let open = location
        advance()
        var members: [JSONValue.Member] = []
        var seen: [String: Location] = [:]
        while true {
            try skipSpace()
            if current == UInt8(ascii: "}") { break }
            let start = location
            guard current == UInt8(ascii: "\"") else {
                throw expected("a key in quotes or '}'", open, "{")
            }
            let key = try string()
            if case .text(let line, _)? = seen.updateValue(start, forKey: key) {
                throw JSONSyntaxError(
                    location: start,
                    problem: "the key \(key.quoted) is already on line \(line)",
                    remedy: "remove one of the two"
                )
            }
            try skipSpace()
            guard current == UInt8(ascii: ":") else {
                throw error("expected ':' after the key \(key.quoted), found \(found)", "add ':'")
            }
            advance()
            try skipSpace()
            members.append(JSONValue.Member(key: key, location: start, node: try value()))
            guard try separator(before: UInt8(ascii: "}"), open, "{") else { break }
        }
        advance()
        return .object(members)
    }

    /// Reads an array; the position is at its bracket.
    mutating func array() throws(JSONSyntaxError) -> JSONValue {
        let open = location
        advance()
        var elements: [JSONNode] = []
        while true {
            try skipSpace()
            if current == UInt8(ascii: "]") { break }
            if current == nil { throw expected("a value or ']'", open, "[") }
            elements.append(try value())
            guard try separator(before: UInt8(ascii: "]"), open, "[") else { break }
        }
        advance()
        return .array(elements)
    }

    /// Whether a comma follows; stops at the closing byte otherwise.
    private mutating func separator(
        before close: UInt8,
        _ open: Location,
        _ bracket: String
    ) throws(JSONSyntaxError) -> Bool {
        try skipSpace()
        if current == close { return false }
        guard current == UInt8(ascii: ",") else {
            throw expected("',' or '\(Character(UnicodeScalar(close)))'", open, bracket)
        }
        advance()
        return true
    }

    /// An error that, at the end of the text, says what was left open.
    private func expected(_ what: String, _ open: Location, _ bracket: String) -> JSONSyntaxError {
        if current == nil, case .text(let line, _) = open {
            return error(
                "the text ends inside the '\(bracket)' of line \(line)",
                "close it with '\(bracket == "{" ? "}" : "]")'"
            )
        }
        return error("expected \(what), found \(found)", "add \(what)")
    }
}
