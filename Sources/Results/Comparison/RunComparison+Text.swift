extension RunComparison {
    /// Mismatches that the text lists; the rest is in the JSON.
    private static let shownMismatches = 10

    /// A table for people, at most 80 columns wide; coloured for a terminal on request.
    ///
    /// Lines end with a line feed each.
    package func text(isColoured: Bool = false) -> String {
        let style = TerminalStyle(isColoured: isColoured)
        var lines = [
            style.heading("A") + "  \(first) (\(firstClock) clock)",
            style.heading("B") + "  \(second) (\(secondClock) clock)",
        ]
        if !bothValid { lines.append(style.bad("At least one of these runs is INVALID.")) }
        lines.append("")
        lines += table(style)
        lines.append("")
        lines += requestLines(style)
        lines += [""] + verdict(style)
        return lines.joined(separator: "\n") + "\n"
    }

    /// One row a figure that either run has; all scopes share their columns.
    private func table(_ style: TerminalStyle) -> [String] {
        let shown = rows.filter { ($0.first ?? 0) != 0 || ($0.second ?? 0) != 0 }
        var table = TextTable(indentation: 0)
        var headings: [Int] = []
        table.append(["", "A", "B", "B - A", "", ""])
        var scope = ""
        var count = 1
        for row in shown {
            if row.scope != scope {
                scope = row.scope
                headings.append(count)
                table.append([scope])
                count += 1
            }
            table.append(cells(row))
            count += 1
        }
        var lines = table.lines
        for heading in headings { lines[heading] = style.heading(lines[heading]) }
        // Coloured when the columns stand: colours take no width.
        return lines.map { line in
            switch line.last {
            case Self.agreement.last: line.dropLast() + style.good(Self.agreement)
            case Self.difference.last: line.dropLast() + style.bad(Self.difference)
            default: line
            }
        }
    }

    /// The sum of it, and what was asked for.
    private func verdict(_ style: TerminalStyle) -> [String] {
        let judged = rows.compactMap(\.agrees)
        let within = judged.count { $0 }
        let asked =
            "  means within \(Quantity.percent(tolerance.mean)), tails within "
            + "\(Quantity.percent(tolerance.tail)), shares within "
            + "\(Quantity.significant(tolerance.share * 100)) points"
        let word =
            bothValid
            ? (agrees ? style.good("AGREE") : style.bad("DIFFER")) : style.bad("INVALID")
        return [word + "  \(within) of \(judged.count) figures agree", asked]
    }

    private static let agreement = "✓"
    private static let difference = "✗"

    private func cells(_ row: Row) -> [String] {
        let path = row.metric
        let difference = row.difference.map { $0 == 0 ? "0" : signed($0, path: path) }
        let relative = row.relativeDifference.map { value in
            value == 0 ? "" : (value > 0 ? "+" : "") + Quantity.percent(value)
        }
        return [
            "  " + path, Quantity.text(row.first, path: path),
            Quantity.text(row.second, path: path),
            difference ?? Quantity.dash, relative ?? "",
            row.agrees.map { $0 ? Self.agreement : Self.difference } ?? "",
        ]
    }

    private func signed(_ value: Double, path: String) -> String {
        (value > 0 ? "+" : "-") + Quantity.text(value.magnitude, path: path)
    }

    private func requestLines(_ style: TerminalStyle) -> [String] {
        guard let requests else {
            return [style.heading("Requests") + "  not compared: \(requestsReason ?? "")"]
        }
        var lines = [
            style.heading("Requests")
                + "  \(Quantity.count(requests.compared)) in both runs under the same operating point"
        ]
        lines.append(
            "  only in A \(Quantity.count(requests.onlyInFirst)) · "
                + "only in B \(Quantity.count(requests.onlyInSecond)) · "
                + "other operating point \(Quantity.count(requests.differentOperatingPoint))"
        )
        let verdicts = [
            ("samples", requests.sampleMismatches, requests.compared),
            ("payload sizes", requests.payloadMismatches, requests.comparedPayloads),
            ("predictions", requests.predictionMismatches, requests.comparedPredictions),
        ]
        for (name, mismatches, compared) in verdicts {
            guard compared > 0 else {
                lines.append("  \(Quantity.dash) no \(name) to compare")
                continue
            }
            let mark = mismatches == 0 ? style.good("✓") : style.bad("✗")
            let verdict =
                mismatches == 0
                ? "equal in all \(Quantity.count(compared))"
                : "differ in \(Quantity.count(mismatches)) of \(Quantity.count(compared))"
            lines.append("  \(mark) \(name) \(verdict)")
        }
        return lines + mismatchLines(requests)
    }

    private func mismatchLines(_ requests: RequestAgreement) -> [String] {
        guard !requests.mismatches.isEmpty else { return [] }
        var table = TextTable(indentation: 4)
        table.append(["request", "point", "bytes A", "bytes B", "class A", "class B"])
        for mismatch in requests.mismatches.prefix(Self.shownMismatches) {
            table.append([
                "\(mismatch.device)/\(mismatch.sequence)", mismatch.operatingPoint,
                Quantity.count(mismatch.firstPayloadBytes),
                Quantity.count(mismatch.secondPayloadBytes),
                mismatch.firstPrediction.map { String($0) } ?? Quantity.dash,
                mismatch.secondPrediction.map { String($0) } ?? Quantity.dash,
            ])
        }
        let hidden = requests.mismatches.count - Self.shownMismatches
        return table.lines + (hidden > 0 ? ["    and more in the JSON"] : [])
    }
}
