import Coding
package import FoundationEssentials

/// What a user writes beside the two graphs of a unit that was made elsewhere.
///
///     { "tensor": "waist", "encoder": "encoder.onnx", "decoder": "decoder.onnx",
///       "levels": [{ "step": 2 }, { "name": "fine", "steps": [0.5, 0.25] }, { "gains": [4, 8] }] }
///
/// `"channelsAxis"` says which dimension of the latent holds its channels, 1 unless it is the last.
package struct ExternalUnit: Sendable, Equatable {
    package var tensor: String
    /// Paths, as written.
    package var encoder: String
    package var decoder: String
    /// From the coarsest to the finest.
    package var levels: [BottleneckUnit.Level]
    /// Whether the latent's channels are its last dimension rather than dimension 1.
    package var hasChannelsLast: Bool

    /// Reads the JSON, which `name` stands for in messages.
    ///
    /// - Throws: `BottleneckError` that says what is wrong with it.
    package init(json: Data, name: String) throws(BottleneckError) {
        let text: Text
        do {
            text = try JSONDecoder().decode(Text.self, from: json)
        } catch let error as DecodingError {
            throw Self.refusal(name, error.plainText)
        } catch {
            throw Self.refusal(name, "it cannot be read")
        }
        guard [1, -1, 3].contains(text.channelsAxis ?? 1) else {
            throw Self.refusal(name, "\"channelsAxis\" is neither 1 nor the last, 3 or -1")
        }
        (tensor, encoder, decoder) = (text.tensor, text.encoder, text.decoder)
        hasChannelsLast = text.channelsAxis ?? 1 != 1
        levels = []
        for (index, level) in text.levels.enumerated() {
            levels.append(try Self.level(level, index, name))
        }
        let means = levels.map { $0.steps.reduce(0, +) / Float($0.steps.count) }
        guard !means.isEmpty, zip(means, means.dropFirst()).allSatisfy({ $0 > $1 }) else {
            throw Self.refusal(name, "its levels do not go from the coarsest to the finest")
        }
    }

    /// Checks the levels against the number of latent channels.
    ///
    /// - Throws: `BottleneckError` for levels that have neither one step nor one for each channel.
    package func checkLevels(channels: Int, name: String) throws(BottleneckError) {
        let counts = Set(levels.map(\.steps.count))
        guard counts.count == 1, counts.isSubset(of: [1, channels]) else {
            throw Self.refusal(
                name,
                "its levels have not one step each, or all one for each of \(channels) channels"
            )
        }
    }

    private static func level(
        _ text: Text.Level,
        _ index: Int,
        _ name: String
    ) throws(BottleneckError) -> BottleneckUnit.Level {
        let choices = [text.step.map { [$0] }, text.steps, text.gains?.map { 1 / $0 }]
            .compactMap(\.self)
        guard choices.count == 1, let steps = choices.first, !steps.isEmpty else {
            throw refusal(name, "level \(index) has not exactly one of step, steps and gains")
        }
        guard steps.allSatisfy(LatentLevel.steps.contains) else {
            throw refusal(
                name,
                "level \(index) has a step, 1 / gain, that is not within 2^-24 to 2^24"
            )
        }
        return BottleneckUnit.Level(name: text.name ?? "\(index)", steps: steps)
    }

    private static func refusal(_ name: String, _ reason: String) -> BottleneckError {
        BottleneckError(
            name,
            reason,
            remedy: """
                write { "tensor": "NAME", "encoder": "PATH", "decoder": "PATH", \
                "levels": [{ "step": 2 }, { "step": 0.5 }] }
                """
        )
    }

    /// The document.
    private struct Text: Decodable {
        struct Level: Decodable {
            var name: String?
            var step: Float?
            var steps: [Float]?
            var gains: [Float]?

            enum CodingKeys: String, CodingKey, CaseIterable { case name, step, steps, gains }

            init(from decoder: any Decoder) throws {
                try decoder.checkKeys(CodingKeys.allCases.map(\.rawValue))
                let values = try decoder.container(keyedBy: CodingKeys.self)
                name = try values.decodeIfPresent(String.self, forKey: .name)
                step = try values.decodeIfPresent(Float.self, forKey: .step)
                steps = try values.decodeIfPresent([Float].self, forKey: .steps)
                gains = try values.decodeIfPresent([Float].self, forKey: .gains)
            }
        }

        var tensor: String
        var encoder: String
        var decoder: String
        var levels: [Level]
        var channelsAxis: Int?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case tensor, encoder, decoder, levels, channelsAxis
        }

        init(from decoder: any Decoder) throws {
            try decoder.checkKeys(CodingKeys.allCases.map(\.rawValue))
            let values = try decoder.container(keyedBy: CodingKeys.self)
            tensor = try values.decode(String.self, forKey: .tensor)
            encoder = try values.decode(String.self, forKey: .encoder)
            self.decoder = try values.decode(String.self, forKey: .decoder)
            levels = try values.decode([Level].self, forKey: .levels)
            channelsAxis = try values.decodeIfPresent(Int.self, forKey: .channelsAxis)
        }
    }
}

private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// Refuses keys that nobody reads: they are misspelt.
    fileprivate func checkKeys(_ known: [String]) throws {
        let keys = try container(keyedBy: AnyKey.self).allKeys
        guard let unknown = keys.map(\.stringValue).sorted().first(where: { !known.contains($0) })
        else { return }
        let list = known.map { "\"\($0)\"" }.joined(separator: ", ")
        throw DecodingError.dataCorrupted(
            .init(
                codingPath: codingPath,
                debugDescription: "unknown key \"\(unknown)\" beside \(list)"
            )
        )
    }
}

extension DecodingError {
    /// What is wrong, and where.
    fileprivate var plainText: String {
        switch self {
        case .keyNotFound(let key, _): "the key \"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: "it cannot be read"
        }
    }
}
