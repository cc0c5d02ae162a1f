/// The precision that the scenario asked for.
package struct PrecisionSummary: Codable, Sendable, Equatable {
    package var metric: String
    /// Half of the interval over the figure, at most.
    package var relative: Double
    /// The same at the end of the run; nil with too few requests.
    package var reached: Double?
    /// Whether it was reached: when issuing stopped, or at the end of the run.
    package var met: Bool
    /// When issuing stopped for it, in nanoseconds; nil when the run went its whole length.
    package var stopped: Int64?
}
