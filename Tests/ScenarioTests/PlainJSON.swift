@testable import Scenario

/// JSON as Foundation reads and writes it, to compare with.
enum PlainJSON: Codable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([PlainJSON])
    case object([String: PlainJSON])

    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .number(let digits): self = .number(Double(digits) ?? .nan)
        case .string(let text): self = .text(text)
        case .array(let nodes): self = .list(nodes.map { PlainJSON($0.value) })
        case .object(let members):
            self = .object(
                Dictionary(uniqueKeysWithValues: members.map { ($0.key, PlainJSON($0.node.value)) })
            )
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([PlainJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: PlainJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
