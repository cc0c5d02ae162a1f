import SimulationCore
import Testing

@testable import Links

/// What CUBIC adds to a window for each acknowledged segment (RFC 9438).
@Suite struct CubicGrowthTests {
    private static let trip = SimulationDuration.milliseconds(100)

    /// A window after so many round trips, in each of which all of it is acknowledged.
    private func window(
        _ window: Double,
        after rounds: Int,
        of trip: SimulationDuration,
        _ growth: inout CubicGrowth
    ) -> Double {
        var window = window
        for round in 0..<rounds {
            let time = SimulationTime.start + trip.scaled(by: Double(round))
            for _ in 0..<Int(window) {
                window += growth.growth(of: window, at: time, shortest: trip)
            }
        }
        return window
    }

    /// Linux's for windows that have left slow start without a loss.
    @Test func `before the first loss a window grows by a twentieth in a round trip at least`() {
        var growth = CubicGrowth()
        #expect(growth.growth(of: 1000, at: .start, shortest: Self.trip) == 0.05)
        growth.sawLoss(window: 1000)
        #expect(growth.growth(of: 700, at: .start, shortest: Self.trip) < 0.02)
    }

    /// RFC 9438, 4.4: the target is at most one and a half times the window.
    @Test func `a window grows by a half in a round trip at most`() {
        var growth = CubicGrowth()
        growth.sawLoss(window: 100)
        _ = growth.growth(of: 70, at: .start, shortest: Self.trip)
        let late = growth.growth(of: 70, at: .start + .seconds(1000), shortest: Self.trip)
        #expect(late == 0.5)
    }

    /// RFC 9438, 4.3: where round trips are short, by 3 (1 - β) / (1 + β) segments in each.
    @Test func `a small window grows as Reno's does`() {
        var growth = CubicGrowth()
        growth.sawLoss(window: 20)
        let left = 20 * CubicGrowth.decrease
        let grown = window(left, after: 100, of: .milliseconds(10), &growth)
        let slope = 3 * (1 - CubicGrowth.decrease) / (1 + CubicGrowth.decrease)
        // After a second the cube is still below 20.
        #expect(abs(grown - (left + 100 * slope)) < 3, "\(grown)")
    }

    /// RFC 9438, 4.7: a flow that lost below its last maximum lets the new one lie lower.
    @Test func `a second loss lowers the plateau`() {
        var growth = CubicGrowth()
        growth.sawLoss(window: 1000)
        _ = window(700, after: 10, of: Self.trip, &growth)
        growth.sawLoss(window: 800)
        let left = 800 * CubicGrowth.decrease
        let plateau = 800 * (1 + CubicGrowth.decrease) / 2
        let seconds = CubicGrowth.cubeRoot((plateau - left) / CubicGrowth.scale)
        // Flat around the time when the cube is zero.
        let grown = window(left, after: Int(seconds * 10), of: Self.trip, &growth)
        #expect(abs(grown - plateau) < 2, "\(grown) of \(plateau)")
    }
}
