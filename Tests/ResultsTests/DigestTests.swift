import Cluster
import Hashing
import Results
import Scenario
import SimulationCore
import TestSupport
import Testing

@Suite struct DigestTests {
    private func digests(
        _ records: [RequestRecord],
        clock: Scenario.Clock = .virtual
    ) throws -> (total: String, devices: [String]) {
        var layout = smallLayout
        layout.clock = clock
        let recorder = try RunRecorder(layout: layout, folder: nil)
        for record in records { try recorder.record(record) }
        let closing = RunClosing(edges: [], expectations: [], host: smallHost)
        return (try recorder.finish(closing).digest, recorder.deviceDigests)
    }

    @Test func theOrderInWhichRequestsEndDoesNotMatter() throws {
        let records = variedRecords()
        let expected = try digests(records)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<5 {
            let shuffled = try digests(records.shuffled(using: &generator))
            #expect(shuffled == expected)
        }
        #expect(try digests(records.reversed()) == expected)
        // In pairs, so that each device's stash is used up again and again.
        let pairs = stride(from: 0, to: records.count, by: 2).flatMap {
            [records[$0 + 1], records[$0]]
        }
        #expect(try digests(pairs) == expected)
    }

    @Test func theDigestIsSHA256OfTheDevicesDigests() throws {
        let result = try digests(variedRecords())
        var hasher = SHA256()
        for digest in result.devices {
            let digits = Array(digest)
            let bytes = stride(from: 0, to: 64, by: 2).map {
                UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0
            }
            hasher.update(data: bytes)
        }
        #expect(result.total == hasher.finalize().hexadecimal)
    }

    /// Bytes written down by hand, so that the layout cannot change unnoticed.
    @Test func anOutcomeIsHashedByteByByte() throws {
        let record = fullRecord(device: 0, sequence: 0)
        let bytes: [UInt8] = [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xE8, 3, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0,
        ]
        let expected = SHA256.hash(data: bytes).hexadecimal
        #expect(try digests([record], clock: .wall).devices[0] == expected)
    }

    private static let changes: [@Sendable (inout RequestRecord) -> Void] = [
        { $0.sample += 1 }, { $0.operatingPoint = nil }, { $0.operatingPoint = 0 },
        { $0.state = .timedOut }, { $0.payloadBytes += 1 }, { $0.prediction = nil },
        { $0.prediction = 7 }, { $0.isCorrect = nil }, { $0.isCorrect?.toggle() },
    ]

    private static let timedChanges: [@Sendable (inout RequestRecord) -> Void] = [
        { $0.replica = nil }, { $0.replica = 0 }, { $0.replica = 5 },
        { $0.issued = $0.issued + .oneNanosecond },
        { $0.headStart = $0.headStart + .oneNanosecond },
        { $0.headEnd = $0.headEnd + .oneNanosecond },
        { $0.encodeEnd = $0.encodeEnd + .oneNanosecond },
        { $0.uplinkStart = $0.uplinkStart + .oneNanosecond },
        { $0.uplinkEnd = $0.uplinkEnd + .oneNanosecond },
        { $0.arrived = $0.arrived + .oneNanosecond },
        { $0.serviceStart = $0.serviceStart + .oneNanosecond },
        { $0.serviceEnd = $0.serviceEnd + .oneNanosecond },
        { $0.completed = $0.completed + .oneNanosecond }, { $0.completed = .absent },
        { $0.batchSize += 1 }, { $0.energyNanojoules += 1 },
    ]

    @Test func everyFieldChangesTheDigest() throws {
        let records = [0, 1, 2].map { fullRecord(device: 1, sequence: $0) }
        let expected = try digests(records)
        var seen = Set([expected.total])
        for change in Self.changes + Self.timedChanges {
            var changed = records
            change(&changed[1])
            let result = try digests(changed)
            #expect(seen.insert(result.total).inserted)
            #expect(result.devices[0] == expected.devices[0])
            #expect(result.devices[1] != expected.devices[1])
        }
        var moved = records
        moved[2].device = 2
        moved[2].sequence = 0
        #expect(try digests(moved).total != expected.total)
    }

    @Test func aWallRunsDigestCoversTheOutcomeAlone() throws {
        let records = [0, 1, 2].map { fullRecord(device: 1, sequence: $0) }
        let expected = try digests(records, clock: .wall)
        for change in Self.timedChanges {
            var changed = records
            change(&changed[1])
            #expect(try digests(changed, clock: .wall) == expected)
        }
        for change in Self.changes {
            var changed = records
            change(&changed[1])
            #expect(try digests(changed, clock: .wall).total != expected.total)
        }
    }

    @Test func anotherDevicesRequestsDoNotChangeADevicesDigest() throws {
        let records = variedRecords()
        let fewer = try digests(records.filter { $0.device != 4 })
        #expect(try digests(records).devices.prefix(4) == fewer.devices.prefix(4))
    }
}

extension SimulationDuration {
    static let oneNanosecond = SimulationDuration(nanoseconds: 1)
}
