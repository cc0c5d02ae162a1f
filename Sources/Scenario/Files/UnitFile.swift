import Foundation
import SimulationCore

/// The front of a bottleneck bundle: what it is for, and how many levels it has.
///
/// `BundleContainer` in Bottleneck states the layout and checks the whole file, once it is to be run; here
/// only the description is read, which is the first section, and the hash at the end.
enum UnitFile {
    private static let magic: [UInt8] = [0x89, 0x53, 0x43, 0x55, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let version = 1
    /// File header and the header of the first section.
    private static let headerBytes = 32
    private static let hashBytes = 32
    private static let largestDescription = 4 << 20

    /// What a scenario says of the file at the absolute `path`, or what is wrong with it.
    static func reference(to path: String) -> Result<UnitReference, UnitFileError> {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let header = [UInt8](try handle.read(upToCount: headerBytes) ?? Data())
            let size = Int(clamping: try handle.seekToEnd())
            guard header.starts(with: magic) else { return .failure(.notABundle) }
            guard header.count == headerBytes, integer(header[12..<20]) <= size,
                size >= headerBytes + hashBytes
            else { return .failure(.truncated) }
            let stated = integer(header[8..<12])
            guard stated == version else { return .failure(.otherVersion(stated)) }
            let length = integer(header[24..<32])
            guard Array(header[20..<24]) == Array("JSON".utf8), length <= largestDescription,
                length <= size - headerBytes - hashBytes
            else { return .failure(.damaged) }
            try handle.seek(toOffset: UInt64(headerBytes))
            let text = [UInt8](try handle.read(upToCount: length) ?? Data())
            try handle.seek(toOffset: UInt64(size - hashBytes))
            let hash = try handle.read(upToCount: hashBytes) ?? Data()
            return reference(path, description: text, digest: hash.hexadecimal)
        } catch {
            return .failure(
                UnitFileError(
                    problem: "the file cannot be read (\(error.localizedDescription))",
                    remedy: "check its permissions"
                )
            )
        }
    }

    private static func reference(
        _ path: String,
        description: [UInt8],
        digest: String
    ) -> Result<UnitReference, UnitFileError> {
        guard
            case .success(let node) = Result(catching: { () throws(JSONSyntaxError) in
                try JSONParser.parse(description)
            }), case .object(let members) = node.value,
            case .string(let tensor)? = members.first(where: { $0.key == "tensor" })?.node.value,
            case .array(let levels)? = members.first(where: { $0.key == "levels" })?.node.value,
            !tensor.isEmpty, !levels.isEmpty
        else { return .failure(.damaged) }
        return .success(
            UnitReference(path: path, digest: digest, tensor: tensor, levels: levels.count)
        )
    }

    /// A little-endian number; `Int.max` for one beyond.
    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int {
        Int(clamping: bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }
}

/// Why a file is not the bundle that was wanted.
struct UnitFileError: Error, Equatable {
    var problem: String
    var remedy: String

    static let notABundle = Self(
        problem: "it is not a bottleneck bundle",
        remedy: "write the path of a file made with simcoord train or simcoord import-unit"
    )
    static let truncated = Self(
        problem: "the bundle is cut short",
        remedy: "copy it again, as binary data"
    )
    static let damaged = Self(
        problem: "the bundle's description cannot be read",
        remedy: "copy it again, as binary data, or make it again"
    )

    static func otherVersion(_ version: Int) -> Self {
        Self(
            problem: "the bundle has format \(version), which this build does not read",
            remedy: "use the simcoord that made it, or make it again with this one"
        )
    }
}
