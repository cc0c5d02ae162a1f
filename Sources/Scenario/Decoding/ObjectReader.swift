/// Reads the members of one object by key.
struct ObjectReader {
    let field: Field
    let shape: ObjectShape
    let members: [JSONValue.Member]

    /// The member, when it was written.
    subscript(key: String) -> Field? {
        precondition(shape.keys.contains(key), "\(key) is not a key of \(shape.name)")
        return members.first { $0.key == key }.map { field.child(key, $0.node) }
    }

    /// The member, or `standard` when it was not written.
    func callAsFunction(_ key: String, default standard: JSONValue) -> Field {
        self[key] ?? field.child(key, JSONNode(location: .standard, value: standard))
    }

    /// As the subscript, for a member that has been read before.
    func member(_ key: String) -> Field? { field.lastChild(key) }

    /// Whether the member was written; does not read it.
    func contains(_ key: String) -> Bool { members.contains { $0.key == key } }

    /// The one member out of `keys`; records a problem when there is none, or more.
    func only(of keys: [String]) -> (key: String, field: Field)? {
        let present = keys.filter { contains($0) }
        guard present.count == 1, let field = self[present[0]] else {
            let list = keys.map(\.quoted).joined(separator: ", ")
            if present.isEmpty {
                field.fail("none of the keys \(list) is there", "write exactly one of them")
            } else {
                let found = present.map(\.quoted).joined(separator: " and ")
                field.fail("\(found) exclude each other", "write exactly one of \(list)")
            }
            return nil
        }
        return (present[0], field)
    }
}
