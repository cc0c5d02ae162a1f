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
        let last = path.split(separator: ".").last.map(String.init) ?? path
        self =
            if ["halfWidth", "value", "estimate"].contains(last) || path.contains("latency.")
                || path.contains("stages.") || path.hasSuffix("warmUp.time")
                || path.hasSuffix("warmUp.mean") || path == "precision.stopped"
                || path == "duration"
            {
                .duration
            } else if path.contains("bytes.") || last == "meanBytes" {
                .bytes
            } else if last == "energy" || path.contains("energy.") {
                .energy
            } else if last == "throughput" || last == "goodput" {
                .rate
            } else {
                .number
            }
    }
}
