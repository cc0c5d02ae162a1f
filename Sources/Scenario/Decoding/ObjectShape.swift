/// The keys that an object of a scenario may have; its definition in the published schema has the
/// same name.
struct ObjectShape: Sendable {
    var name: String
    /// Keys that must be there, each with an example of its value.
    var required: KeyValuePairs<String, String> = [:]
    var optional: [String] = []
    /// Exactly one of the optional keys must be there.
    var isChoice = false

    var keys: [String] { required.map(\.key) + optional }
}
