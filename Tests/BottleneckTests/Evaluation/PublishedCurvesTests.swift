import Bottleneck
import Foundation
import Testing

struct PublishedCurvesTests {
    private func decode(_ text: String) throws(BottleneckError) -> [CurveSummary] {
        try PublishedCurves.decode(Data(text.utf8), file: "p.json")
    }

    @Test func `curves are named as of other networks and sorted`() throws {
        let curves = try decode(
            #"{"_note": "n", "b_c": {"src": "s", "pts": [{"bytes": 10, "top1": 50, "bpp": 1}]}, "#
                + #""a": {"pts": [{"bytes": 5.5, "top1": 60.5}]}}"#
        )
        #expect(curves.map(\.name) == ["other network: a", "other network: b c"])
        #expect(curves.allSatisfy { $0.kind == .published })
        #expect(curves[0].points[0].bytes == Estimate(5.5))
        #expect(curves[0].points[0].accuracy == Estimate(0.605))
        #expect(curves[0].points[0].divergence == nil)
    }

    @Test(arguments: [
        (#"{"a": {"pts": []}}"#, "p.json: a: it has no points"),
        (#"{"a": {"pts": [{"bytes": 0, "top1": 1}]}}"#, "p.json: a, point 1: 0.0 bytes"),
        (#"{"a": {"pts": [{"bytes": 1e308, "top1": 1}]}}"#, "p.json: a, point 1: 1e+308 bytes"),
        (#"{"a": {"pts": [{"bytes": 1e-320, "top1": 1}]}}"#, "bytes are no rate"),
        (#"{"a": {"pts": [{"bytes": 1, "top1": 101}]}}"#, "p.json: a, point 1: a top-1"),
        (#"{"a": {"pts": [{"bytes": 1, "top1": "x"}]}}"#, "p.json: at a/pts/[0]/top1: "),
        (#"{"a": {"pts": [{"bytes": 1}]}}"#, "p.json: at a/pts/[0]"),
        (#"{"a": {"points": []}}"#, #"p.json: at a: unknown key "points""#),
        (#"{"a": {"pts": [{"bytes": 1, "top1": 1, "x": 1}]}}"#, #"unknown key "x""#),
        (#"{"a": "#, "p.json: "),
        ("[]", "p.json: "),
    ])
    func `a file that is not right is refused with the place`(_ text: String, _ words: String) {
        let error = #expect(throws: BottleneckError.self) { try decode(text) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test(.enabled(if: SharedCurves.exist, SharedCurves.absence))
    func `the collected curves are read`() throws {
        let data = try Data(contentsOf: SharedCurves.anchors)
        let curves = try PublishedCurves.decode(data, file: "anchors")
        #expect(curves.count == 24)
        #expect(curves.allSatisfy { $0.points.count > 2 })
    }
}
