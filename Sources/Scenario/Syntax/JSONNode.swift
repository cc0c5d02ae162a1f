/// A JSON value and where it was written.
struct JSONNode: Sendable {
    var location: Location
    var value: JSONValue
}

/// A JSON value that keeps the order of keys and numbers as they were written.
enum JSONValue: Sendable {
    case null
    case boolean(Bool)
    /// The digits as written, which follow the JSON grammar.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])

    /// One entry of an object; keys are unique.
    struct Member: Sendable {
        var key: String
        /// Where the key begins.
        var location: Location
        var node: JSONNode
    }

    /// What a person calls a value of this kind.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let text): "the number \(text)"
        case .string(let text): "the text \(text.quoted)"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// An object that is written nowhere, to stand for defaults.
    static func standard(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(
            members.map { key, value in
                let node = JSONNode(location: .standard, value: value)
                return Member(key: key, location: .standard, node: node)
            }
        )
    }
}
