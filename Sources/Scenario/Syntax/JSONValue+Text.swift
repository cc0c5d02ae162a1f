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
