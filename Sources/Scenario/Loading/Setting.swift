/// One `--set PATH=VALUE`: a part of the document and what replaces it.
///
/// A path is keys joined by dots, as in `devices[0].count` or `devices.phones.count`: an element of a
/// list is named by its number in brackets or by its `name`. Keys that hold dots may be written whole,
/// or quoted in brackets, as in `expect["latency.p99"]`. The value is JSON, or else text; `null`
/// removes the key.
struct Setting: Equatable {
    static let mostSteps = 32

    enum Step: Equatable {
        case key(String)
        case index(Int)

        /// As in a path.
        var text: String {
            switch self {
            case .key(let key): key
            case .index(let index): "[\(index)]"
            }
        }
    }

    /// As written.
    let text: String
    let steps: [Step]
    let value: String

    var location: Location { .setting("--set \(text)") }

    /// nil unless `text` is a path, an equals sign and a value.
    init?(_ text: String) {
        self.text = text
        var steps: [Step] = []
        var rest = Substring(text)
        var isStart = true
        while let first = rest.first, first != "=" {
            if first == "[" {
                guard let close = Self.bracket(&rest) else { return nil }
                steps.append(close)
            } else {
                if first == "." {
                    if isStart { return nil }
                    rest = rest.dropFirst()
                } else if !isStart {
                    return nil
                }
                let key = rest.prefix { $0 != "." && $0 != "[" && $0 != "=" }
                if key.isEmpty { return nil }
                steps.append(.key(String(key)))
                rest = rest.dropFirst(key.count)
            }
            isStart = false
        }
        guard 1...Self.mostSteps ~= steps.count, rest.first == "=" else { return nil }
        self.steps = steps
        self.value = String(rest.dropFirst())
    }

    /// Takes `[number]` or `["key"]` off the front.
    private static func bracket(_ rest: inout Substring) -> Step? {
        let isQuoted = rest.hasPrefix("[\"")
        guard let end = rest.firstRange(of: isQuoted ? "\"]" : "]") else { return nil }
        let inner = rest[rest.index(rest.startIndex, offsetBy: isQuoted ? 2 : 1)..<end.lowerBound]
        rest = rest[end.upperBound...]
        if isQuoted { return .key(String(inner)) }
        guard let index = Int(inner), index >= 0 else { return nil }
        return .index(index)
    }
}
