import Cluster

/// What a person reads after a run; at most 80 columns.
package struct TerminalReport {
    let summary: Summary
    let style: TerminalStyle
    private let folder: String?
    private let files: [OutputFolder.File]
    private let elapsed: Double?

    /// Rows of a table before the rest is left to `summary.json`.
    static let longestTable = 12

    /// Describes a finished run.
    ///
    /// - Parameters:
    ///   - summary: the run's figures.
    ///   - folder: where its files are, as it should be shown; nil when there are none.
    ///   - files: those that were written.
    ///   - elapsed: how long computing the run took, in seconds; nil to leave it out.
    ///   - isColoured: whether to use a terminal's colours.
    package init(
        _ summary: Summary,
        folder: String? = nil,
        files: [OutputFolder.File] = [],
        elapsed: Double? = nil,
        isColoured: Bool = false
    ) {
        self.summary = summary
        self.style = TerminalStyle(isColoured: isColoured)
        self.folder = folder
        self.files = files
        self.elapsed = elapsed
    }

    /// Lines that end with a line feed each.
    package var text: String {
        var sections = [[title] + validity, requests, latency, stages]
        if summary.groups.count > 1 { sections.append(groups) }
        sections += [outcome, operatingPoints, edges, expectations, record]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
            .joined(separator: "\n")
    }

    private var title: String {
        var parts = ["\(summary.clock) clock", "seed \(summary.seed)"]
        let span = Quantity.duration(summary.duration)
        if let elapsed {
            parts.append("\(span) in \(Quantity.duration(elapsed * 1e9))")
        } else {
            parts.append(span)
        }
        if let dilation = summary.dilation, dilation != 1 {
            parts.append("slowed \(Quantity.significant(dilation)) times")
        }
        return style.heading(summary.scenario) + "  " + parts.joined(separator: " · ")
    }

    private var validity: [String] {
        guard !summary.validity.valid else { return [] }
        return [style.bad("INVALID: do not rely on these figures.")]
            + summary.validity.reasons.flatMap { Self.wrapped($0, indentation: 2) }
    }

    private var expectations: [String] {
        guard !summary.expectations.isEmpty else { return [] }
        let met = summary.expectations.count(where: \.met)
        let all = summary.expectations.count
        let heading = style.heading("Expectations") + "  \(met) of \(all) met"
        return [heading]
            + summary.expectations.map { expectation in
                let mark = expectation.met ? style.good("✓") : style.bad("✗")
                let actual =
                    expectation.reason
                    ?? "is " + Quantity.text(expectation.actual, path: expectation.path)
                let statement = "\(expectation.path) \(expectation.text)"
                return "  \(mark) \(statement)  \(style.faint(actual))"
            }
    }

    private var record: [String] {
        guard let folder, !files.isEmpty else { return [] }
        return [style.heading("Record") + "  \(folder)/"]
            + ["  " + files.map(\.rawValue).joined(separator: "  ")] + recorded
    }

    /// Which requests have a row, unless all have.
    private var recorded: [String] {
        switch RecordSelection(summary.record) {
        case .none?: [style.faint("  no requests (--record none)")]
        case .sample?: [style.faint("  a sample of the requests (--record \(summary.record))")]
        case .all?, nil: []
        }
    }

    /// Breaks `text` between words into lines of at most 80 columns.
    static func wrapped(_ text: String, indentation: Int) -> [String] {
        let space = String(repeating: " ", count: indentation)
        var lines: [String] = []
        var line = space
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > 80, line != space {
                lines.append(line)
                line = space
            }
            line += (line == space ? "" : " ") + word
        }
        return lines + [line]
    }
}
