/// Where a virtual run's durations came from, when it took those that a wall run measured.
///
/// Each count is of devices' computations and of batches together.
package struct ReplaySummary: Codable, Sendable, Equatable {
    /// SHA-256 of the wall run's `summary.json`.
    package var digest: String
    /// Took what the same request, or a batch of the same size that it was in, took.
    package var replayed: Int
    /// Drawn from what others of the same kind took in the wall run.
    package var resampled: Int
    /// Of a kind that the wall run never met: drawn from the profile.
    package var profiled: Int

    package init(digest: String, replayed: Int, resampled: Int, profiled: Int) {
        self.digest = digest
        (self.replayed, self.resampled, self.profiled) = (replayed, resampled, profiled)
    }
}
