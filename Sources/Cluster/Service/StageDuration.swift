package import Scenario
import SimulationCore

/// How long a stage takes: a draw from measurements, scaled by the hardware, or from a formula.
package enum StageDuration: Sendable {
    case none
    case measured(MeasuredDurations, factor: Double)
    case synthetic(DurationDistribution)

    /// `moment` is nil for what is drawn alone.
    func draw(_ random: inout RandomDraw, at moment: HostMoment? = nil) -> SimulationDuration {
        switch self {
        case .none: .zero
        case .measured(let durations, let factor):
            durations.draw(&random, at: moment).scaled(by: factor)
        case .synthetic(let distribution): distribution.draw(&random)
        }
    }
}
