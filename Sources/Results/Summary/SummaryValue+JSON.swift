import Scenario

extension SummaryValue {
    /// Two spaces an indentation, one member a line; ends with a line feed.
    ///
    /// Numbers are written with the fewest digits that read back as the same value, so that equal values give
    /// equal bytes. A number that JSON cannot express is written as null.
    var json: String {
        var text = ""
        write(to: &text, indentation: "")
        text.append("\n")
        return text
    }

    private func write(to text: inout String, indentation: String) {
        switch self {
        case .null: text.append("null")
        case .bool(let value): text.append(value ? "true" : "false")
        case .integer(let value): text.append(String(value))
        case .unsigned(let value): text.append(String(value))
        case .number(let value): text.append(value.isFinite ? "\(value)" : "null")
        case .string(let value): text.append(value.quoted)
        case .array(let elements):
            Self.writeList(elements, to: &text, brackets: ("[", "]"), indentation: indentation) {
                $0.write(to: &$1, indentation: $2)
            }
        case .object(let members):
            Self.writeList(members, to: &text, brackets: ("{", "}"), indentation: indentation) {
                $1.append($0.key.quoted)
                $1.append(": ")
                $0.value.write(to: &$1, indentation: $2)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element],
        to text: inout String,
        brackets: (open: String, close: String),
        indentation: String,
        write: (Element, inout String, String) -> Void
    ) {
        guard !elements.isEmpty else { return text.append(brackets.open + brackets.close) }
        let inner = indentation + "  "
        text.append(brackets.open)
        for (index, element) in elements.enumerated() {
            text.append(index == 0 ? "\n" : ",\n")
            text.append(inner)
            write(element, &text, inner)
        }
        text.append("\n" + indentation + brackets.close)
    }
}
