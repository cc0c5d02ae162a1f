/// Encodes into a `SummaryValue`: members in the order of encoding, absent optionals as null.
///
/// Foundation's encoder either sorts the keys or leaves their order open, and leaves absent members out; a
/// summary is read by people and compared byte by byte.
struct SummaryEncoder: Encoder {
    /// Where one value is collected.
    final class Slot {
        var value: SummaryValue = .null
    }

    let slot: Slot
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func encode(_ value: some Encodable) -> SummaryValue {
        do {
            return try encode(value, codingPath: [])
        } catch {
            preconditionFailure("A summary's types do not throw when they are encoded: \(error)")
        }
    }

    fileprivate static func encode(
        _ value: some Encodable,
        codingPath: [any CodingKey]
    ) throws -> SummaryValue {
        let slot = Slot()
        try value.encode(to: SummaryEncoder(slot: slot, codingPath: codingPath))
        return slot.value
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        // A second container on the same slot goes on with the object: structures can be flattened.
        if case .object = slot.value {} else { slot.value = .object([]) }
        return KeyedEncodingContainer(Keyed<Key>(slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.value = .array([])
        return Unkeyed(slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        Single(slot: slot, codingPath: codingPath)
    }
}

/// Turns the values that a summary is made of into leaves; nil for a structure.
private func leaf(_ value: some Encodable) -> SummaryValue? {
    switch value {
    case let value as Bool: .bool(value)
    case let value as Double: .number(value)
    case let value as String: .string(value)
    case let value as UInt64: .unsigned(value)
    case let value as any FixedWidthInteger: .integer(Int64(value))
    default: nil
    }
}

private func encoded(
    _ value: some Encodable,
    codingPath: [any CodingKey]
) throws -> SummaryValue {
    try leaf(value) ?? SummaryEncoder.encode(value, codingPath: codingPath)
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: SummaryEncoder.Slot
    let codingPath: [any CodingKey]

    private func append(_ value: SummaryValue, _ key: Key) {
        guard case .object(var members) = slot.value else { return }
        slot.value = .null
        members.append(SummaryValue.Member(key: key.stringValue, value: value))
        slot.value = .object(members)
    }

    func encodeNil(forKey key: Key) { append(.null, key) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        append(try encoded(value, codingPath: codingPath + [key]), key)
    }

    func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
        guard let value else { return append(.null, key) }
        try encode(value, forKey: key)
    }

    func encodeIfPresent(_ value: String?, forKey key: Key) throws {
        append(value.map(SummaryValue.string) ?? .null, key)
    }

    func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
        append(value.map(SummaryValue.number) ?? .null, key)
    }

    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
        append(value.map(SummaryValue.integer) ?? .null, key)
    }

    func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
        append(value.map { .integer(Int64($0)) } ?? .null, key)
    }

    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
        append(value.map(SummaryValue.bool) ?? .null, key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        preconditionFailure("A summary's types encode nested structures as values of their own.")
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        preconditionFailure("A summary's types encode nested structures as values of their own.")
    }

    func superEncoder() -> any Encoder {
        preconditionFailure("A summary has no classes.")
    }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

private struct Unkeyed: UnkeyedEncodingContainer {
    let slot: SummaryEncoder.Slot
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(slot: SummaryEncoder.Slot, codingPath: [any CodingKey]) {
        self.slot = slot
        self.codingPath = codingPath
    }

    private mutating func append(_ value: SummaryValue) {
        guard case .array(var elements) = slot.value else { return }
        slot.value = .null
        elements.append(value)
        slot.value = .array(elements)
        count += 1
    }

    mutating func encodeNil() { append(.null) }

    mutating func encode(_ value: some Encodable) throws {
        append(try encoded(value, codingPath: codingPath))
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        preconditionFailure("A summary's types encode nested structures as values of their own.")
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        preconditionFailure("A summary's types encode nested structures as values of their own.")
    }

    mutating func superEncoder() -> any Encoder {
        preconditionFailure("A summary has no classes.")
    }
}

private struct Single: SingleValueEncodingContainer {
    let slot: SummaryEncoder.Slot
    let codingPath: [any CodingKey]

    func encodeNil() { slot.value = .null }

    func encode(_ value: some Encodable) throws {
        slot.value = try encoded(value, codingPath: codingPath)
    }
}
