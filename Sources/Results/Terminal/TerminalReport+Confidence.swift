extension TerminalReport {
    /// Under the latencies: what ± means, the warm-up, the precision that the scenario asked for.
    var confidence: [String] {
        let statistics = summary.traffic.statistics
        var parts: [String] = []
        if statistics.mean.halfWidth != nil {
            parts.append(
                "±: \(Quantity.percent(statistics.confidence)) interval, "
                    + "\(statistics.batches) batches"
            )
        }
        if let requests = statistics.warmUp.requests, let time = statistics.warmUp.time {
            if requests > 0 {
                parts.append(
                    "warm-up \(Quantity.count(requests)) requests, \(Quantity.duration(time)); "
                        + "mean after it \(Quantity.duration(statistics.warmUp.mean))"
                )
            }
        } else if statistics.mean.halfWidth != nil {
            parts.append("no end of a warm-up found: the run may be too short")
        }
        return (parts + precision).map { "  " + style.faint($0) }
    }

    private var precision: [String] {
        guard let precision = summary.precision else { return [] }
        func share(_ value: Double) -> String { "±\(Quantity.significant(value * 100)) %" }
        let wanted = "\(precision.metric) \(share(precision.relative))"
        let reached = precision.reached.map(share) ?? "no interval yet"
        if let time = precision.stopped {
            return [
                "\(wanted) reached, so issuing stopped at \(Quantity.duration(time)) "
                    + "(\(reached) at the end)"
            ]
        }
        return ["\(wanted) \(precision.met ? "reached" : "not reached") (\(reached))"]
    }
}
