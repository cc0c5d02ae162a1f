/// Where the service times of a virtual run come from.
package struct ProfileDescription: Codable, Sendable, Equatable {
    /// The file's name, without its folder.
    package var name: String
    /// SHA-256 of the file, in hexadecimal.
    package var digest: String
    /// The processor on which it was measured, as in `HostDescription.processor`.
    package var processor: String

    package init(name: String, digest: String, processor: String) {
        self.name = name
        self.digest = digest
        self.processor = processor
    }
}
