/// What a figure of `summary.json` counts, by its dotted path.
package enum FigureUnit: Sendable {
    /// Nanoseconds.
    case duration
    case bytes
    /// Joules.
    case energy
    /// Requests a second.
    case rate
    case number

    package init(path: String) {
        let steps = Self.figure(path.split(separator: ".")[...])
        let part = steps.dropLast().last
        let whole = steps.dropLast(2).last
        let isCount = steps.last == "count" || steps.last == "late"
        let isTime = whole == "stages" || whole == "pacing" && !isCount
        self =
            switch (part, steps.last) {
            case (_, "throughput"), (_, "goodput"): .rate
            case ("energy", _), (_, "energy"): .energy
            case ("bytes", _), (_, "meanBytes"): .bytes
            // What holds several of them as well, so that this is said, not that the unit is wrong.
            case ("latency", _), (_, "latency"), ("stages", _), (_, "stages"), ("warmUp", "time"),
                ("warmUp", "mean"), ("precision", "stopped"), (nil, "duration"),
                ("mean", "halfWidth"), ("p50", "halfWidth"), ("p90", "halfWidth"),
                ("p95", "halfWidth"), ("p99", "halfWidth"), (_, "value"), (_, "estimate"):
                .duration
            case ("requests", _), ("accuracy", _), ("statistics", _): .number
            default: isTime ? .duration : .number
            }
    }

    /// The steps of a path without the names that groups, servers and operating points were given, which may
    /// hold dots and be called like a figure.
    private static func figure(_ steps: ArraySlice<Substring>) -> ArraySlice<Substring> {
        switch steps.first {
        case "edges", "operatingPoints": return steps.suffix(1)
        case "groups":
            let isOwn = ["throughput", "goodput", "deadlineAttainment", "accuracy"]
                .contains(steps.last)
            return isOwn ? steps.suffix(1) : figure(steps.dropFirst(2))
        default: return steps
        }
    }
}
