package import Scenario
package import SimulationCore

/// How long a stage takes: a draw from measurements, scaled by the hardware, or from a formula.
package enum StageDuration: Sendable {
    case none
    case measured(EmpiricalDistribution, factor: Double)
    case synthetic(DurationDistribution)

    func draw(_ random: inout RandomDraw) -> SimulationDuration {
        switch self {
        case .none: .zero
        case .measured(let distribution, let factor):
            distribution.draw(&random).scaled(by: factor)
        case .synthetic(let distribution): distribution.draw(&random)
        }
    }
}
