extension Setting {
    /// Puts the value in its place in `root`; records a problem when there is no such place.
    func apply(to root: inout JSONNode, _ problems: ProblemCollector) {
        // What is not JSON is text: `--set duration=20s`.
        let parsed = (try? JSONParser.parse(value))?.value ?? .string(value)
        let node = Self.relocated(JSONNode(location: location, value: parsed), location)
        if let fault = place(node, in: &root, steps[...], path: "") {
            problems.add(location, path: fault.path, fault.problem, fault.remedy)
        }
    }

    private struct Fault {
        var path: String
        var problem: String
        var remedy: String
    }

    private func place(
        _ new: JSONNode,
        in node: inout JSONNode,
        _ steps: ArraySlice<Step>,
        path: String
    ) -> Fault? {
        guard let step = steps.first else {
            node = new
            return nil
        }
        switch (node.value, step) {
        case (.object(var members), .key):
            let fault = place(new, in: &members, steps, path: path)
            node.value = .object(members)
            return fault
        case (.array(var elements), _):
            guard let index = Self.index(of: step, in: elements) else {
                return Self.missing(step, in: elements, path: path)
            }
            let fault = place(
                new,
                in: &elements[index],
                steps.dropFirst(),
                path: "\(path)[\(index)]"
            )
            node.value = .array(elements)
            return fault
        default:
            return Fault(
                path: path,
                problem: "\(node.value.kind) has no part \(step.text.quoted)",
                remedy: "correct the path of the setting"
            )
        }
    }

    /// Goes on at the member that the longest run of keys names; makes it when there is none.
    private func place(
        _ new: JSONNode,
        in members: inout [JSONValue.Member],
        _ steps: ArraySlice<Step>,
        path: String
    ) -> Fault? {
        var (key, used) = Self.member(of: steps, in: members)
        // The keys of expectations are paths themselves.
        if path == "expect" {
            (key, used) = (steps.map(\.text).joined(separator: "."), steps.count)
        }
        let rest = steps.dropFirst(used)
        let inner = path.isEmpty ? key : "\(path).\(key)"
        if let index = members.firstIndex(where: { $0.key == key }) {
            if rest.isEmpty, case .null = new.value {
                members.remove(at: index)
                return nil
            }
            return place(new, in: &members[index].node, rest, path: inner)
        }
        var made = JSONNode(location: location, value: .object([]))
        let fault = place(new, in: &made, rest, path: inner)
        if fault == nil, case .null = new.value { return nil }
        members.append(JSONValue.Member(key: key, location: location, node: made))
        return fault
    }

    /// The key that the steps begin with: the longest one that is there, else the first step.
    private static func member(
        of steps: ArraySlice<Step>,
        in members: [JSONValue.Member]
    ) -> (key: String, used: Int) {
        for count in stride(from: steps.count, to: 0, by: -1) {
            let key = steps.prefix(count).map(\.text).joined(separator: ".")
            if members.contains(where: { $0.key == key }) { return (key, count) }
        }
        return (steps.first?.text ?? "", 1)
    }

    private static func index(of step: Step, in elements: [JSONNode]) -> Int? {
        switch step {
        case .index(let index): elements.indices.contains(index) ? index : nil
        case .key(let name): elements.firstIndex { self.name(of: $0) == name }
        }
    }

    private static func name(of node: JSONNode) -> String? {
        guard case .object(let members) = node.value,
            case .string(let name)? = members.first(where: { $0.key == "name" })?.node.value
        else { return nil }
        return name
    }

    private static func missing(_ step: Step, in elements: [JSONNode], path: String) -> Fault {
        if case .key(let name) = step {
            return Fault(
                path: path,
                problem: "no element is named \(name.quoted)",
                remedy: Suggestion.remedy(
                    for: name,
                    among: elements.compactMap { self.name(of: $0) }
                )
            )
        }
        return Fault(
            path: path,
            problem: "there is no element \(step.text)",
            remedy: elements.isEmpty
                ? "set the whole list" : "write a number from 0 to \(elements.count - 1)"
        )
    }

    /// `node` with all of its parts located at `location`.
    private static func relocated(_ node: JSONNode, _ location: Location) -> JSONNode {
        var node = node
        node.location = location
        switch node.value {
        case .array(let elements):
            node.value = .array(elements.map { relocated($0, location) })
        case .object(let members):
            node.value = .object(
                members.map {
                    JSONValue.Member(
                        key: $0.key,
                        location: location,
                        node: relocated($0.node, location)
                    )
                }
            )
        default: break
        }
        return node
    }
}
