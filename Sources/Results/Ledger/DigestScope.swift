/// How much of each request a digest covers.
package enum DigestScope: Sendable {
    /// Every field: for the virtual clock.
    case full
    /// What was computed, without times, replica and batch: for the wall clock, whose times vary.
    case outcome
}
