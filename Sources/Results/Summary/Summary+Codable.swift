extension Summary {
    private enum Key: String, CodingKey {
        case schema, scenario, seed, clock, duration, precision, dilation, digest, record,
            validity, accuracyReference
        case edges, groups, expectations, host, profile, pacing, replay
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        schema = try container.decode(Int.self, forKey: .schema)
        guard schema == Self.currentSchema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema,
                in: container,
                debugDescription:
                    "schema \(schema) is not \(Self.currentSchema), which this simcoord reads"
            )
        }
        scenario = try container.decode(String.self, forKey: .scenario)
        seed = try container.decode(UInt64.self, forKey: .seed)
        clock = try container.decode(String.self, forKey: .clock)
        duration = try container.decode(Int64.self, forKey: .duration)
        precision = try container.decodeIfPresent(PrecisionSummary.self, forKey: .precision)
        dilation = try container.decodeIfPresent(Double.self, forKey: .dilation)
        digest = try container.decode(String.self, forKey: .digest)
        record = try container.decodeIfPresent(String.self, forKey: .record) ?? "all"
        validity = try container.decode(Validity.self, forKey: .validity)
        accuracyReference = try container.decodeIfPresent(
            AccuracyReference.self,
            forKey: .accuracyReference
        )
        traffic = try TrafficSummary(from: decoder)
        edges = try container.decode([EdgeSummary].self, forKey: .edges)
        groups = try container.decode([GroupSummary].self, forKey: .groups)
        expectations = try container.decode([ExpectationResult].self, forKey: .expectations)
        host = try container.decode(HostDescription.self, forKey: .host)
        profile = try container.decodeIfPresent(ProfileDescription.self, forKey: .profile)
        pacing = try container.decodeIfPresent(PacingSummary.self, forKey: .pacing)
        replay = try container.decodeIfPresent(ReplaySummary.self, forKey: .replay)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(scenario, forKey: .scenario)
        try container.encode(seed, forKey: .seed)
        try container.encode(clock, forKey: .clock)
        try container.encode(duration, forKey: .duration)
        try container.encodeIfPresent(precision, forKey: .precision)
        try container.encodeIfPresent(dilation, forKey: .dilation)
        try container.encode(digest, forKey: .digest)
        try container.encode(record, forKey: .record)
        try container.encode(validity, forKey: .validity)
        try container.encodeIfPresent(accuracyReference, forKey: .accuracyReference)
        try traffic.encode(to: encoder)
        try container.encode(edges, forKey: .edges)
        try container.encode(groups, forKey: .groups)
        try container.encode(expectations, forKey: .expectations)
        try container.encode(host, forKey: .host)
        try container.encodeIfPresent(profile, forKey: .profile)
        try container.encodeIfPresent(pacing, forKey: .pacing)
        try container.encodeIfPresent(replay, forKey: .replay)
    }
}
