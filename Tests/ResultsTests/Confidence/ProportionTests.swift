import Testing

@testable import Results

@Suite struct ProportionTests {
    /// The ends are where a share of the trials lies z standard errors away from the share that was seen.
    @Test(arguments: [(0, 10), (1, 1), (7, 10), (92, 100), (9_350, 10_000)])
    func theEndsSolveWilsonsEquation(part: Int, whole: Int) throws {
        let half = try #require(Proportion(confidence: 0.95).halfWidth(of: part, in: whole))
        let (z, count) = (1.959964, Double(whole))
        let share = Double(part) / count
        let centre = (share + z * z / (2 * count)) / (1 + z * z / count)
        for end in [centre - half, centre + half] {
            let error = z * (max(end * (1 - end), 0) / count).squareRoot()
            #expect(abs(abs(share - end) - error) < 1e-5)
        }
    }

    @Test func withoutTrialsThereIsNoInterval() {
        #expect(Proportion(confidence: 0.95).halfWidth(of: 0, in: 0) == nil)
    }
}
