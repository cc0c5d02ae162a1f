import Foundation
import GRDB

/// Two runs compared request by request.
///
/// A request is compared when both runs issued it and chose the same operating point: its sample always, its
/// payload's size when both coded it, its prediction when both have one.
package struct RequestAgreement: Codable, Sendable, Equatable {
    /// A request whose outcome differs.
    package struct Mismatch: Codable, Sendable, Equatable {
        package var device: Int
        package var sequence: Int
        package var operatingPoint: String
        package var firstSample: Int
        package var secondSample: Int
        package var firstPayloadBytes: Int
        package var secondPayloadBytes: Int
        package var firstPrediction: Int?
        package var secondPrediction: Int?
    }

    /// Most mismatches that are listed; all are counted.
    package static let longestList = 100

    package var onlyInFirst: Int
    package var onlyInSecond: Int
    /// Issued in both, under different operating points or with none chosen.
    package var differentOperatingPoint: Int
    package var compared: Int
    package var comparedPayloads: Int
    package var comparedPredictions: Int
    package var sampleMismatches: Int
    package var payloadMismatches: Int
    package var predictionMismatches: Int
    /// In order of device and sequence, at most `longestList`.
    package var mismatches: [Mismatch]

    /// Whether no compared request differs in its outcome.
    package var agrees: Bool {
        sampleMismatches == 0 && payloadMismatches == 0 && predictionMismatches == 0
    }

    /// Why the requests of two records cannot be compared; nil if they can.
    static func obstacle(
        _ first: OutputFolder,
        _ second: OutputFolder
    ) throws(ResultsError) -> String? {
        let selections = (try first.recordSelection(), try second.recordSelection())
        if selections.0 == .none || selections.1 == .none {
            return "one of the runs kept no requests (--record none)"
        }
        guard selections.0 == selections.1 else {
            return "one of the runs kept other requests than the other (--record "
                + "\(selections.0.text) and \(selections.1.text))"
        }
        return nil
    }

    /// Joins the requests of two records, which `obstacle` does not forbid.
    init(first: OutputFolder, second: OutputFolder) throws(ResultsError) {
        self = try first.readDatabase(for: "the requests beside \(second.path)") { database in
            try database.execute(
                sql: "ATTACH DATABASE ? AS other",
                arguments: [second.path(of: .database)]
            )
            return try Self.load(from: database)
        }
    }

    private init(counts: Row, onlyInFirst: Int, onlyInSecond: Int, mismatches: [Mismatch]) {
        self.onlyInFirst = onlyInFirst
        self.onlyInSecond = onlyInSecond
        compared = counts["compared"]
        differentOperatingPoint = counts["common"] - compared
        comparedPayloads = counts["comparedPayloads"]
        comparedPredictions = counts["comparedPredictions"]
        sampleMismatches = counts["samples"]
        payloadMismatches = counts["payloads"]
        predictionMismatches = counts["predictions"]
        self.mismatches = mismatches
    }
}

extension RequestAgreement {
    private static let join = """
        FROM main.requests AS a JOIN other.requests AS b ON a.id = b.id
        """
    /// Conditions on a pair, each 0 or 1.
    private static let same = "(a.operatingPoint = b.operatingPoint)"
    private static let coded = "(\(same) AND a.encodeEnd IS NOT NULL AND b.encodeEnd IS NOT NULL)"
    private static let judged =
        "(\(same) AND a.prediction IS NOT NULL AND b.prediction IS NOT NULL)"
    private static let sample = "(\(same) AND a.sample <> b.sample)"
    private static let payload = "(\(coded) AND a.payloadBytes <> b.payloadBytes)"
    private static let prediction = "(\(judged) AND a.prediction <> b.prediction)"

    private static func load(from database: Database) throws -> Self {
        let sizes = try ["main", "other"].map { schema in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM \(schema).requests") ?? 0
        }
        let sums = [
            ("compared", same), ("comparedPayloads", coded), ("comparedPredictions", judged),
            ("samples", sample), ("payloads", payload), ("predictions", prediction),
        ]
        let columns = sums.map { "coalesce(sum(\($0.1)), 0) AS \($0.0)" }
        let counts = try Row.fetchOne(
            database,
            sql: "SELECT count(*) AS common, \(columns.joined(separator: ", ")) \(join)"
        )
        guard let counts else { preconditionFailure("a sum over no rows is a row") }
        let common: Int = counts["common"]
        return Self(
            counts: counts,
            onlyInFirst: sizes[0] - common,
            onlyInSecond: sizes[1] - common,
            mismatches: try mismatches(in: database)
        )
    }

    private static func mismatches(in database: Database) throws -> [Mismatch] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT a.device AS device, a.id & 4294967295 AS sequence,
                    a.operatingPoint AS operatingPoint, a.sample AS sampleA, b.sample AS sampleB,
                    a.payloadBytes AS bytesA, b.payloadBytes AS bytesB,
                    a.prediction AS predictionA, b.prediction AS predictionB
                \(join) WHERE \(sample) OR \(payload) OR \(prediction)
                ORDER BY a.id LIMIT \(longestList)
                """
        )
        return rows.map { row in
            Mismatch(
                device: row["device"],
                sequence: row["sequence"],
                operatingPoint: row["operatingPoint"],
                firstSample: row["sampleA"],
                secondSample: row["sampleB"],
                firstPayloadBytes: row["bytesA"],
                secondPayloadBytes: row["bytesB"],
                firstPrediction: row["predictionA"],
                secondPrediction: row["predictionB"]
            )
        }
    }
}
