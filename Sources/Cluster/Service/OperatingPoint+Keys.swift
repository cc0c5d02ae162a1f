package import Scenario

/// Names that do not depend on the scenario's, for what is kept across scenarios: the profile and
/// the cache.
extension OperatingPoint {
    /// What a profile and a cache file the operating point's codec under.
    package var codecKey: String {
        switch kind {
        case .local: "local"
        case .raw: "raw"
        case .png: "png"
        case .jpeg(let quality): "jpeg \(quality)"
        case .webp(let quality): "webp \(quality)"
        case .splitFloat(let tensor): "\(tensor) float32"
        case .splitQuantized(let tensor, let bits): "\(tensor) \(bits) bit"
        case .unit(let unit, let rate): "\(Self.key(of: unit)) \(rate)"
        case .synthetic: "synthetic"
        }
    }

    /// Whether a part of the network, or synthetic work, runs on the device.
    package var hasHead: Bool { headKey != nil || kind == .synthetic }

    /// What a profile files the device's part of the network under; nil when there is none.
    ///
    /// All rates of a unit share the encoder that goes with the head.
    package var headKey: String? {
        if case .unit(let unit, _) = kind { return Self.key(of: unit) }
        return kind == .local ? Self.wholeNetwork : entryTensor
    }

    /// What a profile files the edge server's part of the network under.
    ///
    /// All rates of a unit share the decoder that goes with the tail, so that they share batches.
    package var tailKey: String {
        if case .unit(let unit, _) = kind { return Self.key(of: unit) }
        return entryTensor ?? Self.wholeNetwork
    }

    /// Names a unit by its tensor and the first digits of its hash.
    private static func key(of unit: UnitReference) -> String {
        "\(unit.tensor) unit \(unit.digest.prefix(12))"
    }

    /// The key of a network that runs whole.
    package static let wholeNetwork = "network"
}

/// The places where requests enter the network on an edge server; requests with the same entry can
/// share a batch.
package struct NetworkEntries: Sendable, Equatable {
    /// The tail's key, by entry.
    package private(set) var keys: [String] = []
    /// The entry, by operating point; 0 for local ones, which never use it.
    package private(set) var entryOfPoint: [Int] = []

    package init(points: [OperatingPoint]) {
        for point in points {
            guard point.isOffloaded else {
                entryOfPoint.append(0)
                continue
            }
            if let known = keys.firstIndex(of: point.tailKey) {
                entryOfPoint.append(known)
            } else {
                entryOfPoint.append(keys.count)
                keys.append(point.tailKey)
            }
        }
    }
}
