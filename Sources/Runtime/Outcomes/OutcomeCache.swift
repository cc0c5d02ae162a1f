import Cluster
package import FoundationEssentials
import Hashing

/// Outcomes kept on disk, under a hash of all that they depend on.
///
/// A file holds a codec's description, the outcomes of one operating point, and a checksum; one
/// that does not check is computed anew.
package struct OutcomeCache: Sendable {
    struct Entry: Sendable, Equatable {
        /// Empty where the operating point has no codec.
        var codecDescription: [UInt8]
        var outcomes: [OutcomeTable.Outcome]
    }

    package let folder: URL

    package init(folder: URL) { self.folder = folder }

    /// `$XDG_CACHE_HOME/simcoord`, by default `~/.cache/simcoord`; a relative path there is passed over, as the
    /// XDG base directory specification has it.
    package static var standard: Self { standard(in: ProcessInfo.processInfo.environment) }

    static func standard(in environment: [String: String]) -> Self {
        let base =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
            ?? URL.homeDirectory.appending(path: ".cache")
        return Self(folder: base.appending(path: "simcoord"))
    }

    func load(_ key: String) -> Entry? {
        guard let data = FileManager.default.contents(atPath: path(key).path), data.count > 36
        else { return nil }
        let bytes = [UInt8](data)
        let content = bytes.dropLast(32)
        guard SHA256.hash(data: content) == Array(bytes.suffix(32)) else { return nil }
        let length = content.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard 4 + length <= content.count,
            let outcomes = OutcomeRows.decode(content.dropFirst(4 + length))
        else { return nil }
        return Entry(
            codecDescription: Array(content[4..<4 + length]),
            outcomes: outcomes
        )
    }

    /// Keeps an entry, in place of an older one.
    ///
    /// - Throws: `OutcomeCacheError`.
    func store(_ entry: Entry, under key: String) throws(OutcomeCacheError) {
        let length = UInt32(entry.codecDescription.count)
        var bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
        bytes += entry.codecDescription + OutcomeRows.encode(entry.outcomes)
        bytes += SHA256.hash(data: bytes)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: path(key), options: .atomic)
        } catch {
            throw OutcomeCacheError(folder: folder.path, error)
        }
    }

    private func path(_ key: String) -> URL { folder.appending(path: key + ".outcomes") }
}
