import Bottleneck
import Foundation
import Testing

struct EvaluationTableTests {
    private func analysis(labelled: Bool = true) -> EvaluationAnalysis {
        var ours = SimulatedCurve(scale: 0.5, isLabelled: labelled).curve("ours, 10")
        ours.cost = CurveCost(
            encoderMultiplyAccumulates: 12_345,
            parameters: 678,
            storageBytes: 90_123
        )
        let poor = SimulatedCurve(divergences: [0.9, 0.7], isLabelled: labelled)
            .curve("poor|\"x\"", .quantised)
        return EvaluationAnalysis(
            Evaluation(
                title: "NET at cut",
                imageNames: (0..<200).map { "image \($0)" },
                uncutAccuracy: labelled ? 0.8231 : nil,
                curves: [ours, SimulatedCurve().curve("anchor", .reference), poor],
                published: [
                    CurveSummary(
                        "other network: x",
                        kind: .published,
                        points: [
                            PointSummary(
                                name: "1",
                                bytes: Estimate(34),
                                accuracy: Estimate(0.7)
                            )
                        ]
                    )
                ],
                anchor: "anchor"
            ),
            resampleCount: 100
        )
    }

    @Test func `the table tells points, rates and differences`() {
        let text = EvaluationTable.text(analysis())
        #expect(text.contains("200 images, uncut top-1 82.3 %"))
        for figure in ["12345", "678", "90123", "bytes at KL 0.04", "not reached", " ± "] {
            #expect(text.contains(figure), "\(figure)")
        }
        #expect(text.contains("poor|\"x\" against anchor: no common range of KL"))
        #expect(text.contains("other network: x |  34.0 |    70.0 |"))
    }

    @Test func `rows of a table are equally wide`() {
        for block in EvaluationTable.text(analysis()).split(separator: "\n\n") {
            let widths = block.split(separator: "\n").filter { $0.hasPrefix("|") }.map(\.count)
            #expect(Set(widths).count <= 1)
        }
    }

    @Test func `without labels the table says what stands for accuracy`() {
        let text = EvaluationTable.text(analysis(labelled: false))
        #expect(text.contains("no labels: agreement with the uncut network stands for accuracy"))
        #expect(!text.contains("at equal top-1"))
    }

    @Test func `the record is the same each time and tells all`() throws {
        let data = try EvaluationExport.json(analysis())
        #expect(try EvaluationExport.json(analysis()) == data)
        let object = try #require(
            JSONSerialization.jsonObject(with: data) as? [String: Any]
        )
        let curves = try #require(object["curves"] as? [[String: Any]])
        #expect(curves.map { $0["name"] as? String } == ["ours, 10", "anchor", "poor|\"x\""])
        let point = try #require((curves[0]["points"] as? [[String: Any]])?.first)
        let bytes = try #require(point["bytes"] as? [String: Any])
        let expected = analysis().summaries[0].points[0].bytes
        let interval = try #require(expected.interval)
        #expect(bytes["value"] as? Double == expected.value)
        #expect(bytes["interval"] as? [Double] == [interval.lowerBound, interval.upperBound])
        let comparisons = try #require(object["comparisons"] as? [[String: Any]])
        #expect(comparisons.count { $0["refusal"] != nil } >= 1)
        #expect(comparisons.count == 6)
    }

    @Test func `notes stand in the table and in the record`() throws {
        var evaluation = analysis().evaluation
        evaluation.notes = ["30 of these images were seen before"]
        let noted = EvaluationAnalysis(evaluation, resampleCount: 10)
        #expect(EvaluationTable.text(noted).contains("\n30 of these images were seen before\n"))
        let object = try #require(
            JSONSerialization.jsonObject(with: EvaluationExport.json(noted)) as? [String: Any]
        )
        #expect(object["notes"] as? [String] == evaluation.notes)
    }

    @Test func `every measurement is a row`() {
        let rows = EvaluationExport.csv(analysis().evaluation).split(separator: "\n")
        #expect(rows.count == 1 + (5 + 5 + 2) * 200)
        #expect(rows[0] == "curve,kind,point,image,bytes,kl,agrees,correct")
        #expect(rows[1].hasPrefix("\"ours, 10\",ours,level 0,image 0,"))
        #expect(rows[rows.count - 1].hasPrefix("\"poor|\"\"x\"\"\",quantised,level 1,image 199,"))
    }
}
