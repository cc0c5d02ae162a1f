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
        let isOfStage = steps.dropLast(2).last == "stages"
        self =
            switch (part, steps.last) {
            case (_, "throughput"), (_, "goodput"): .rate
            case ("energy", _), (_, "energy"): .energy
            case ("bytes", _), (_, "meanBytes"): .bytes
            case ("latency", _), ("warmUp", "time"), ("warmUp", "mean"), ("precision", "stopped"),
                (nil, "duration"), (_, "halfWidth"), (_, "value"), (_, "estimate"):
                .duration
            case ("requests", _), ("accuracy", _), ("statistics", _): .number
            default: isOfStage ? .duration : .number
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
