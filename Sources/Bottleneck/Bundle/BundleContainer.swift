import Hashing

/// The layout of a bundle's file.
///
/// All numbers are little-endian:
///
///     0   8   magic: 89 53 43 55 0D 0A 1A 0A, which shows a transfer that changed line ends
///     8   4   format version
///     12  8   length of the whole file
///     20      sections: a tag of 4 bytes, a length of 8 bytes, the content
///     −32 32  SHA-256 of everything before
///
/// The sections are, in this order: `JSON` (`BundleDescription`), `ENCO` and `DECO` (ONNX files),
/// `LATN` (the latent's entropy model). `UnitFile` in Scenario reads the first of them, too.
enum BundleContainer {
    static let magic: [UInt8] = [0x89, 0x53, 0x43, 0x55, 0x0D, 0x0A, 0x1A, 0x0A]
    static let version = 1
    static let hashBytes = 32

    private static let tags = ["JSON", "ENCO", "DECO", "LATN"]
    private static let headerBytes = 20
    private static let sectionHeaderBytes = 12

    /// The file that holds `sections`, one for each tag.
    static func bytes(_ sections: [[UInt8]]) -> [UInt8] {
        precondition(sections.count == tags.count, "a bundle has \(tags.count) sections")
        let length =
            headerBytes + sections.reduce(0) { $0 + sectionHeaderBytes + $1.count } + hashBytes
        var bytes = magic
        bytes.reserveCapacity(length)
        append(version, count: 4, to: &bytes)
        append(length, count: 8, to: &bytes)
        for (tag, section) in zip(tags, sections) {
            bytes += Array(tag.utf8)
            append(section.count, count: 8, to: &bytes)
            bytes += section
        }
        bytes += SHA256.hash(data: bytes)
        return bytes
    }

    /// The sections of a file, in the order of the tags.
    ///
    /// - Throws: `BottleneckError`.
    static func sections(of bytes: [UInt8], name: String) throws(BottleneckError) -> [[UInt8]] {
        guard bytes.starts(with: magic) else {
            let isPart = !bytes.isEmpty && magic.starts(with: bytes)
            throw isPart ? .truncatedBundle(name) : .notABundle(name)
        }
        guard bytes.count >= headerBytes else { throw .truncatedBundle(name) }
        let stated = integer(bytes, at: 8, count: 4)
        guard stated == version else { throw .otherBundleVersion(name, stated) }
        let length = integer(bytes, at: 12, count: 8)
        guard bytes.count >= length else { throw .truncatedBundle(name) }
        guard bytes.count == length, length >= headerBytes + hashBytes,
            SHA256.hash(data: bytes.dropLast(hashBytes)) == Array(bytes.suffix(hashBytes))
        else { throw .alteredBundle(name) }
        // The hash holds: what is wrong from here on was written so.
        var offset = headerBytes
        let end = length - hashBytes
        var sections: [[UInt8]] = []
        for tag in tags {
            guard end - offset >= sectionHeaderBytes,
                Array(bytes[offset..<offset + 4]) == Array(tag.utf8)
            else { throw .damagedBundle(name, "it has no section \(tag) where it should be") }
            let count = integer(bytes, at: offset + 4, count: 8)
            offset += sectionHeaderBytes
            guard count <= end - offset else {
                throw .damagedBundle(name, "its section \(tag) is longer than the file")
            }
            sections.append(Array(bytes[offset..<offset + count]))
            offset += count
        }
        guard offset == end else { throw .damagedBundle(name, "something follows its sections") }
        return sections
    }

    private static func append(_ value: Int, count: Int, to bytes: inout [UInt8]) {
        for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }

    /// A number; `Int.max` for one beyond.
    private static func integer(_ bytes: [UInt8], at offset: Int, count: Int) -> Int {
        let value = (0..<count).reduce(0 as UInt64) {
            $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1)
        }
        return Int(clamping: value)
    }
}
