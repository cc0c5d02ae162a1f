extension JSONValue {
    /// The value as indented JSON, without a line end.
    func text(indentation: Int = 0) -> String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let digits): digits
        case .string(let text): text.quoted
        case .array(let elements):
            list(
                elements.map { $0.value.text(indentation: indentation + 2) },
                "[",
                "]",
                indentation
            )
        case .object(let members):
            list(
                members.map {
                    "\($0.key.quoted): \($0.node.value.text(indentation: indentation + 2))"
                },
                "{",
                "}",
                indentation
            )
        }
    }

    /// Joins `items` on one line where they are short and plain, else one a line.
    private func list(
        _ items: [String],
        _ open: String,
        _ close: String,
        _ indentation: Int
    ) -> String {
        if items.isEmpty { return open + close }
        let line = items.joined(separator: ", ")
        let isPlain = !line.contains("\n") && line.utf8.count + indentation < 72
        if isPlain { return open == "{" ? "{ \(line) }" : "[\(line)]" }
        let inner = String(repeating: " ", count: indentation + 2)
        let outer = String(repeating: " ", count: indentation)
        return open + "\n" + items.map { inner + $0 }.joined(separator: ",\n") + "\n" + outer
            + close
    }
}

extension String {
    /// The text as a JSON string, quotes included.
    var quoted: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.isControl:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Unicode.Scalar {
    /// Whether it stands for no sign: it moves or turns the text around it, or is no character.
    var isControl: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
