/// How a bandwidth trace is written.
package enum TraceFormat: String, Sendable, CaseIterable {
    /// One delivery opportunity a line, at a whole millisecond.
    case mahimahi
    /// A time and a rate a row, `seconds value` or CSV.
    case rate
    /// JSON: an array of `{duration_ms, bandwidth_kbps, latency_ms}`.
    case sabre
}
