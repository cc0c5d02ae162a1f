import Testing

@testable import Results

@Suite struct ProportionTests {
    /// The end is where a share of the trials lies z standard errors away from the share that was seen.
    @Test(arguments: [(0, 10), (1, 1), (7, 10), (92, 100), (9_350, 10_000)])
    func theFartherEndSolvesWilsonsEquation(part: Int, whole: Int) throws {
        let half = try #require(Proportion(confidence: 0.95).halfWidth(of: part, in: whole))
        let (z, count) = (1.959964, Double(whole))
        let share = Double(part) / count
        let end = share < 0.5 ? share + half : share - half
        let error = z * (max(end * (1 - end), 0) / count).squareRoot()
        #expect(abs(half - error) < 1e-5)
        // At as great a distance on the other side no share would explain the trials: the other end is nearer.
        let mirrored = min(max(2 * share - end, 0), 1)
        let least = z * (mirrored * (1 - mirrored) / count).squareRoot()
        #expect(abs(share - mirrored) >= least - 1e-5)
    }

    @Test func withoutTrialsThereIsNoInterval() {
        #expect(Proportion(confidence: 0.95).halfWidth(of: 0, in: 0) == nil)
    }
}
