/// A bottleneck unit's file, as far as a scenario has to know it.
package struct UnitReference: Sendable, Hashable {
    package var path: String
    /// SHA-256 at the end of the file, which identifies it: 64 lower-case hexadecimal digits.
    package var digest: String
    /// The tensor at which it cuts the network.
    package var tensor: String
    /// How many rate levels it is anchored at.
    package var levels: Int

    package init(path: String, digest: String, tensor: String, levels: Int) {
        self.path = path
        self.digest = digest
        self.tensor = tensor
        self.levels = levels
    }
}

/// How finely a unit's latent is quantised.
package enum UnitRate: Sendable, Hashable, CustomStringConvertible {
    /// A level, counted from the coarsest, 0; between two of them when it is no whole number.
    case level(Double)
    /// For each request, the finest steps whose payload has at most so many bytes.
    case bytes(Int)

    package var description: String {
        switch self {
        case .level(let level): "level \(Self.text(level))"
        case .bytes(let bytes): "\(bytes) bytes"
        }
    }

    /// A level as people write it: `2` or `2.5`.
    package static func text(_ level: Double) -> String {
        Int(exactly: level).map(String.init) ?? "\(level)"
    }
}
