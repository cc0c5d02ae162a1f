import Bottleneck
import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

struct EvaluationPlotTests {
    private func simulated(labelled: Bool = true) -> [CurveSummary] {
        let bootstrap = Bootstrap(imageCount: 200, resampleCount: 50, seed: 1)
        let kinds: [(CurveKind, Double)] = [
            (.ours, 0.5), (.reference, 1), (.jpeg, 8), (.ours, 0.6),
        ]
        return kinds.enumerated().map { index, kind in
            SimulatedCurve(
                scale: kind.1,
                divergences: [0.2, 0.1, 0.03, 0.01, 0.003],
                isLabelled: labelled
            )

            .curve("c\(index) <&\"> \u{1}", kind.0).resampled(bootstrap).summary
        }
    }

    private let published = CurveSummary(
        "other network: x",
        kind: .published,
        points: [
            PointSummary(name: "1", bytes: Estimate(300), accuracy: Estimate(0.62)),
            PointSummary(name: "2", bytes: Estimate(900), accuracy: Estimate(0.7)),
        ]
    )

    /// Parses a document; fails the test if it is not well formed.
    private func elements(_ svg: String) -> SVGElements {
        let elements = SVGElements()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = elements
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        return elements
    }

    @Test(arguments: [true, false])
    func `the document is well formed and every marker lies in a panel`(_ labelled: Bool) {
        let curves = simulated(labelled: labelled) + [published]
        let found = elements(
            EvaluationPlot.svg(curves: curves, title: "<t> & \"u\"", uncutAccuracy: 0.9)
        )
        #expect(found.clips.count == (labelled ? 3 : 2))
        #expect(found.markers.count == (labelled ? 3 : 2) * 4 * 5)
        #expect(found.numbers.count == (labelled ? 1 : 0))
        for marker in found.markers + found.numbers {
            #expect(found.clips.contains { $0.insetBy(dx: -0.1, dy: -4).contains(marker) })
        }
    }

    @Test func `text is escaped and read back`() {
        let found = elements(EvaluationPlot.svg(curves: simulated(), title: "<t> & \"u\""))
        #expect(found.texts.contains("<t> & \"u\""))
        #expect(found.texts.contains("c1 <&\"> \u{FFFD}"))
    }

    @Test func `nothing is run and nothing is fetched`() {
        let svg = EvaluationPlot.svg(curves: simulated(), title: "t")
        for forbidden in ["<script", "href", "nan", "inf\""] { #expect(!svg.contains(forbidden)) }
        #expect(EvaluationPlot.svg(curves: simulated(), title: "t") == svg)
    }

    @Test func `curves of a kind differ in colour`() throws {
        let svg = EvaluationPlot.svg(curves: simulated(), title: "t")
        let colours = Set(svg.matches(of: /class="marker" fill="(#[0-9a-f]{6})"/).map(\.1))
        #expect(colours.count == 4)
    }

    @Test func `a curve of one point, and of none that can be shown, is drawn`() {
        let point = PointSummary(name: "1", bytes: Estimate(40), divergence: Estimate(0))
        let found = elements(
            EvaluationPlot.svg(
                curves: [CurveSummary("c", kind: .ours, points: [point])],
                title: "t"
            )
        )
        #expect(found.markers.isEmpty)
    }

    @Test(.enabled(if: SharedCurves.exist, SharedCurves.absence))
    func `real curves fit`() throws {
        let anchors = try PublishedCurves.decode(
            Data(contentsOf: SharedCurves.anchors),
            file: "anchors"
        )
        let svg = EvaluationPlot.svg(
            curves: try SharedCurves.measured() + anchors,
            title: "EfficientNet-Lite0, cut after block 10",
            uncutAccuracy: 0.8231
        )
        let found = elements(svg)
        #expect(found.numbers.count == 24)
        for marker in found.markers {
            #expect(found.clips.contains { $0.insetBy(dx: -0.1, dy: -0.1).contains(marker) })
        }
        if let folder = ProcessInfo.processInfo.environment["SIMCOORD_PLOTS"] {
            try svg.write(toFile: folder + "/evaluation.svg", atomically: true, encoding: .utf8)
        }
    }
}

/// What the tests look for in a figure.
private final class SVGElements: NSObject, XMLParserDelegate {
    var clips: [CGRect] = []
    var markers: [CGPoint] = []
    var numbers: [CGPoint] = []
    var texts: [String] = []
    private var isInClip = false

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        func number(_ key: String) -> Double { attributes[key].flatMap(Double.init) ?? .nan }
        texts.append("")
        if name == "rect", isInClip {
            clips.append(
                CGRect(
                    x: number("x"),
                    y: number("y"),
                    width: number("width"),
                    height: number("height")
                )
            )
        }
        isInClip = name == "clipPath"
        if attributes["class"] == "number" {
            numbers.append(CGPoint(x: number("x"), y: number("y")))
        }
        if attributes["class"] == "marker" {
            let place = (attributes["transform"] ?? "").dropFirst("translate(".count).dropLast()
                .split(separator: " ").compactMap { Double($0) }
            markers.append(CGPoint(x: place[0], y: place[1]))
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        texts[texts.count - 1] += string
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) { texts.append("") }
}
