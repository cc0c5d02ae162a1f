extension Field {
    /// The value as an object with the keys of `shape`; records unknown and missing keys.
    func object(_ shape: ObjectShape) -> ObjectReader? {
        guard case .object(let members) = node.value else {
            failType("an object")
            return nil
        }
        let misspelt = failUnknownKeys(shape, members)
        for (key, example) in shape.required
        where !misspelt.contains(key) && !members.contains(where: { $0.key == key }) {
            fail("the key \(key.quoted) is missing", "add \(key.quoted): \(example)")
        }
        return ObjectReader(field: self, shape: shape, members: members)
    }

    /// Records the keys that `shape` does not have; returns the ones that were probably meant.
    private func failUnknownKeys(_ shape: ObjectShape, _ members: [JSONValue.Member]) -> [String] {
        let unused = shape.keys.filter { key in !members.contains { $0.key == key } }
        var meant: [String] = []
        for member in members where !shape.keys.contains(member.key) {
            let closest = Suggestion.closest(to: member.key, among: unused)
            if let closest { meant.append(closest) }
            let present = Suggestion.closest(to: member.key, among: shape.keys)
            let remedy =
                if closest == nil, let present {
                    "remove it: \(present.quoted) is there already"
                } else {
                    Suggestion.remedy(for: member.key, among: unused.filter { $0 != "$schema" })
                }
            problems.add(member.location, path: path, "unknown key \(member.key.quoted)", remedy)
        }
        return meant
    }

    /// The one key of a choice and its value.
    func choice(_ shape: ObjectShape) -> (key: String, field: Field)? {
        guard let reader = object(shape) else { return nil }
        return reader.only(of: shape.optional)
    }

    /// The entries of an object whose keys are names.
    func named(_ what: String) -> [(name: String, field: Field)]? {
        guard case .object(let members) = node.value else {
            failType("an object of \(what) by name")
            return nil
        }
        return members.map { member in
            let field = child(member.key, member.node)
            field.checkName(member.key)
            return (member.key, field)
        }
    }

    /// Records a problem unless `name` can stand in paths and tables.
    func checkName(_ name: String) {
        let scalars = name.unicodeScalars
        if !(1...64 ~= scalars.count) || scalars.contains(where: { $0 == "/" || $0.isControl }) {
            fail(
                "\(name.quoted) cannot be a name",
                "write 1 to 64 characters, none of them '/' or a control character"
            )
        }
    }
}
