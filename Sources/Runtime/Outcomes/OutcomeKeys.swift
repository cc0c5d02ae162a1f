import Bottleneck
import Cluster
import FoundationEssentials
import Hashing
import ImageCodecs
import Scenario
import SimulationCore

/// The hashes under which outcomes are cached.
struct OutcomeKeys {
    /// Raised when the same inputs come to yield other outcomes.
    private static let version = 3

    private let common: String
    private let calibration: String?

    /// The engine is its version, processor and instruction set; the samples are the evaluated ones.
    init(plan: NetworkPlan, engine: String, samples: SampleSet) throws {
        let input = plan.workload.input
        common = """
            simcoord outcomes \(Self.version), one thread
            \(engine)
            \(plan.networkDigest)
            \(input.height) \(input.width) \(input.channels) \(input.mean) \(input.scale)
            \(try samples.digest())
            """
        let isCalibrated = plan.points.contains { $0.isQuantized }
        calibration =
            isCalibrated
            ? try plan.workload.calibration.map {
                try SampleSet($0, input: plan.workload.input).digest()
            } : nil
    }

    func key(of point: OperatingPoint) -> String {
        var text = common + "\n" + point.codecKey
        if point.isQuantized { text += "\n" + (calibration ?? "") }
        if case .unit(let unit, _) = point.kind { text += "\n" + unit.digest }
        return SHA256.hash(data: text.utf8).hexadecimal
    }
}
