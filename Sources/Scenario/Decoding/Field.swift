/// A value of the document as the decoder reads it: where it is, and what it came to mean.
///
/// Reading records each value that was used, defaults included, so that `explanation` afterwards is
/// the document with nothing left out.
final class Field {
    let node: JSONNode
    /// Such as `devices[0].link`.
    let path: String
    let problems: ProblemCollector
    /// Stands for the value in the explanation, say a relative path made absolute.
    var replacement: JSONValue?
    /// What was read of an object, in order.
    private var members: [(key: String, field: Field)] = []
    private var elements: [Field] = []

    init(_ node: JSONNode, path: String, problems: ProblemCollector) {
        self.node = node
        self.path = path
        self.problems = problems
    }

    /// Where the value is written: `file:line:column`, or the setting.
    var place: String {
        switch node.location {
        case .text(let line, let column): "\(problems.file):\(line):\(column)"
        case .setting(let text): text
        case .standard: problems.file
        }
    }

    /// Records a problem with this value.
    func fail(_ problem: String, _ remedy: String) {
        problems.add(node.location, path: path, problem, remedy)
    }

    /// Records that the value has the wrong type.
    func failType(_ wanted: String) {
        fail("\(node.value.kind) cannot stand here", "write \(wanted)")
    }

    /// The member `key`, now read.
    func child(_ key: String, _ node: JSONNode) -> Field {
        let isPlain = key.unicodeScalars.allSatisfy { $0 != "." && $0 != "[" && $0 != " " }
        let step = isPlain ? (path.isEmpty ? key : ".\(key)") : "[\(key.quoted)]"
        let field = Field(node, path: path + step, problems: problems)
        members.append((key, field))
        return field
    }

    /// The member `key`, when it has been read.
    func lastChild(_ key: String) -> Field? { members.last { $0.key == key }?.field }

    /// The elements of a list; nil, with a problem, when it is none.
    func list(of what: String) -> [Field]? {
        guard case .array(let nodes) = node.value else {
            failType("a list of \(what)")
            return nil
        }
        elements = nodes.enumerated().map { index, node in
            Field(node, path: "\(path)[\(index)]", problems: problems)
        }
        return elements
    }

    /// The value as it was understood.
    var explanation: JSONValue {
        if let replacement { return replacement }
        func standard(_ field: Field) -> JSONNode {
            JSONNode(location: .standard, value: field.explanation)
        }
        switch node.value {
        case .object:
            return .object(
                members.map {
                    JSONValue.Member(key: $0.key, location: .standard, node: standard($0.field))
                }
            )
        case .array: return .array(elements.map(standard))
        default: return node.value
        }
    }
}
