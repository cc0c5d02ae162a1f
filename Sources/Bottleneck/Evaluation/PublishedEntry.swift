/// One value of the file of published curves.
enum PublishedEntry: Decodable {
    case note
    case curve([PublishedPoint])

    init(from decoder: any Decoder) throws {
        if decoder.codingPath.last?.stringValue.hasPrefix("_") == true {
            self = .note
            return
        }
        try decoder.refuseKeys(besides: ["src", "pts"])
        let container = try decoder.container(keyedBy: AnyKey.self)
        _ = try container.decodeIfPresent(String.self, forKey: AnyKey("src"))
        self = .curve(try container.decode([PublishedPoint].self, forKey: AnyKey("pts")))
    }
}

/// One point of a published curve, in the file's units.
struct PublishedPoint: Decodable {
    let bytes: Double
    let top1: Double

    init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: ["bytes", "top1", "bpp", "KiB"])
        let container = try decoder.container(keyedBy: AnyKey.self)
        bytes = try container.decode(Double.self, forKey: AnyKey("bytes"))
        top1 = try container.decode(Double.self, forKey: AnyKey("top1"))
    }
}

/// Any key of a JSON object.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// Throws if the object has a key that is not one of `known`.
    fileprivate func refuseKeys(besides known: Set<String>) throws {
        let keys = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        if let stray = keys.filter({ !known.contains($0) }).min() {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: codingPath,
                    debugDescription: "unknown key \"\(stray)\""
                )
            )
        }
    }
}
