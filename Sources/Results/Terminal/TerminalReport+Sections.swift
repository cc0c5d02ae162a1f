import Cluster

extension TerminalReport {
    /// The ledger: how many requests ended how.
    var requests: [String] {
        let traffic = summary.traffic
        let counts = traffic.requests
        var table = TextTable()
        for state in RequestState.allCases where state == .completed || counts[state] > 0 {
            let share = counts.issued == 0 ? nil : Double(counts[state]) / Double(counts.issued)
            table.append([
                Self.label(state), Quantity.count(counts[state]), Quantity.percent(share),
            ])
        }
        var rates = ["throughput \(Quantity.rate(traffic.throughput))"]
        if let attainment = traffic.deadlineAttainment {
            rates.append("goodput \(Quantity.rate(traffic.goodput))")
            rates.append("\(Quantity.percent(attainment)) within the deadline")
        }
        return [style.heading("Requests") + "  \(Quantity.count(counts.issued)) issued"]
            + table.lines + ["  " + rates.joined(separator: " · ")]
    }

    var latency: [String] {
        let latency = summary.traffic.latency
        guard latency.mean != nil else { return [] }
        var table = TextTable(indentation: 0)
        table.append(["Latency", "mean", "p50", "p90", "p95", "p99", "p99.9", "max"])
        table.append([
            "", Quantity.duration(latency.mean), Quantity.duration(latency.p50),
            Quantity.duration(latency.p90), Quantity.duration(latency.p95),
            Quantity.duration(latency.p99), Quantity.duration(latency.p999),
            Quantity.duration(latency.max),
        ])
        let intervals = summary.traffic.statistics
        if intervals.mean.halfWidth != nil {
            func margin(_ interval: IntervalSummary) -> String {
                interval.halfWidth.map { "±" + Quantity.duration($0) } ?? Quantity.dash
            }
            table.append([
                "", margin(intervals.mean), margin(intervals.p50), margin(intervals.p90),
                margin(intervals.p95), margin(intervals.p99),
            ])
        }
        var lines = table.lines + confidence
        lines[0] = style.heading("Latency") + lines[0].dropFirst("Latency".count)
        return lines
    }

    /// Where the mean latency goes; stages that took no time are left out.
    var stages: [String] {
        guard let latency = summary.traffic.latency.mean, latency > 0 else { return [] }
        let breakdown = summary.traffic.stages
        let shown = Stage.allCases.filter { breakdown[$0].mean ?? 0 > 0 }
        var table = TextTable()
        table.append(["", "mean", "p99", "share"])
        for stage in shown {
            let figures = breakdown[stage]
            table.append([
                Self.label(stage), Quantity.duration(figures.mean), Quantity.duration(figures.p99),
                Quantity.percent((figures.mean ?? 0) / latency),
            ])
        }
        var lines = table.lines
        lines[0] = style.heading("Stages") + lines[0].dropFirst("Stages".count)
        for (index, stage) in shown.enumerated() {
            let share = (breakdown[stage].mean ?? 0) / latency
            lines[index + 1] += "  " + style.bar(TerminalStyle.barText(share, width: 30))
        }
        return lines
    }

    var groups: [String] {
        var table = TextTable()
        let haveDeadlines = summary.groups.contains { $0.traffic.deadlineAttainment != nil }
        let inTime = haveDeadlines ? ["in time"] : []
        table.append(["", "devices", "issued", "completed"] + inTime + ["p50", "p99", "accuracy"])
        for group in summary.groups.prefix(Self.longestTable) {
            let traffic = group.traffic
            let issued = Double(traffic.requests.issued)
            let completed = Double(traffic.requests.completed)
            table.append(
                [
                    Self.shortened(group.name), Quantity.count(group.devices),
                    Quantity.count(traffic.requests.issued),
                    Quantity.percent(issued == 0 ? nil : completed / issued),
                ] + inTime.map { _ in Quantity.percent(traffic.deadlineAttainment) } + [
                    Quantity.duration(traffic.latency.p50), Quantity.duration(traffic.latency.p99),
                    Quantity.percent(traffic.accuracy.completed),
                ]
            )
        }
        return titled("Groups", table.lines, hidden: summary.groups.count - Self.longestTable)
    }

    var outcome: [String] {
        let traffic = summary.traffic
        var lines: [String] = []
        if let accuracy = traffic.accuracy.completed {
            lines.append(
                style.heading("Accuracy")
                    + "  \(Quantity.percent(accuracy)) \(Self.margin(traffic.accuracy.halfWidth))of completed · "
                    + "\(Quantity.percent(traffic.accuracy.issued)) of issued requests"
            )
            if summary.accuracyReference == .uncutNetwork {
                lines.append("          agreement with the uncut network: there are no labels")
            }
        }
        let bytes = traffic.bytes
        lines.append(
            style.heading("Uplink")
                + "    \(Quantity.bytes(bytes.perRequest)) a completed request · "
                + "\(Quantity.bytes(Double(bytes.uplinkPayload))) coded in all"
        )
        if traffic.energy.devices > 0 {
            lines.append(
                style.heading("Energy")
                    + "    \(Quantity.energy(traffic.energy.perRequest)) a request · "
                    + "\(Quantity.energy(traffic.energy.devices)) on the devices"
            )
        }
        return lines
    }

    var operatingPoints: [String] {
        let used = summary.traffic.operatingPoints.filter { $0.count > 0 }
        guard !used.isEmpty else { return [] }
        var table = TextTable()
        let margin = used.contains { $0.halfWidth != nil } ? ["±"] : []
        let whole = used.contains { $0.allSamples != nil } ? ["of all samples"] : []
        table.append(["", "requests", "share", "bytes", "accuracy"] + margin + whole)
        let all = used.reduce(0) { $0 + $1.count }
        for point in used.prefix(Self.longestTable) {
            table.append(
                [
                    Self.shortened(point.name), Quantity.count(point.count),
                    Quantity.percent(Double(point.count) / Double(all)),
                    Quantity.bytes(point.meanBytes), Quantity.percent(point.accuracy),
                ] + margin.map { _ in Quantity.percent(point.halfWidth) }
                    + whole.map { _ in Quantity.percent(point.allSamples?.accuracy) }
            )
        }
        return titled("Operating points", table.lines, hidden: used.count - Self.longestTable)
    }

    var edges: [String] {
        guard !summary.edges.isEmpty else { return [] }
        var table = TextTable()
        table.append(["", "requests", "mean batch", "mean queue", "load"])
        let shown = summary.edges.prefix(Self.longestTable)
        for edge in shown {
            table.append([
                Self.shortened(edge.name), Quantity.count(edge.requests),
                edge.meanBatch.map(Quantity.significant) ?? Quantity.dash,
                Quantity.significant(edge.meanQueue), Quantity.percent(edge.utilization),
            ])
        }
        var lines = table.lines
        for (index, edge) in shown.enumerated() {
            lines[index + 1] += "  " + style.bar(TerminalStyle.barText(edge.utilization, width: 16))
        }
        return titled("Edge servers", lines, hidden: summary.edges.count - Self.longestTable)
    }

    private static func margin(_ halfWidth: Double?) -> String {
        halfWidth.map { "±\(Quantity.percent($0)) " } ?? ""
    }

    /// Puts the heading on a line of its own above the table, and says how many rows are not shown.
    private func titled(_ heading: String, _ lines: [String], hidden: Int) -> [String] {
        var lines = lines
        let room = heading.count + 1
        if let first = lines.first, first.prefix(room).allSatisfy({ $0 == " " }), first.count > room
        {
            lines[0] = style.heading(heading) + first.dropFirst(heading.count)
        } else {
            lines.insert(style.heading(heading), at: 0)
        }
        if hidden > 0 { lines.append(style.faint("  and \(hidden) more in summary.json")) }
        return lines
    }

    /// Long names would break the width of 80 columns.
    private static func shortened(_ name: String) -> String {
        name.count <= 20 ? name : name.prefix(19) + "…"
    }

    private static func label(_ state: RequestState) -> String {
        state == .timedOut ? "timed out" : state.name
    }

    private static func label(_ stage: Stage) -> String {
        switch stage {
        case .deviceWait: "device wait"
        case .head: "head"
        case .encode: "encode"
        case .uplinkQueue: "uplink queue"
        case .uplinkTransmit: "uplink transmit"
        case .uplinkPropagate: "uplink propagate"
        case .edgeWait: "edge wait"
        case .service: "service"
        case .downlink: "downlink"
        }
    }
}
