import Cluster
import Scenario

/// Stages that a scenario's policies may choose and that measurements tell nothing of, or of a tail too little
/// for all its batches.
struct ProfileGaps {
    private struct Place: Hashable {
        let stage: ServiceProfile.Stage
        let key: String
    }

    private let points: [OperatingPoint]
    private var places: Set<Place> = []

    /// - Parameters:
    ///   - measurements: Those with samples enough.
    ///   - scenario: What a profile has to serve.
    init(in measurements: [ServiceProfile.Measurement], of scenario: Scenario) {
        points = scenario.operatingPoints
        let largest = scenario.edges.map(\.batch.max).max() ?? 1
        for point in scenario.reachablePoints.map({ points[$0] }) {
            for place in Self.places(point) {
                let sizes = Set(
                    measurements.filter { $0.stage == place.stage && $0.key == place.key }
                        .map(\.batch)
                )
                // One size of a tail tells nothing of larger ones.
                let isServed =
                    place.stage == .tail
                    ? sizes.count > 1 || sizes.contains { $0 >= largest } : sizes.contains(1)
                if !isServed { places.insert(place) }
            }
        }
    }

    var isEmpty: Bool { places.isEmpty }

    /// Whether the scenario needs a stage that nothing, or too little, was measured of.
    func lacks(_ stage: ServiceProfile.Stage, _ key: String) -> Bool {
        places.contains(Place(stage: stage, key: key))
    }

    /// Whether a job measures something that is missing.
    func includes(_ job: ProfileJob) -> Bool {
        let (point, stages): (Int, [ServiceProfile.Stage]) =
            switch job {
            case .device(let point): (point, [.head, .encode])
            case .decode(let point): (point, [.decode])
            case .tail(let point, _, _): (point, [.tail])
            }
        return Self.places(points[point]).contains {
            stages.contains($0.stage) && lacks($0.stage, $0.key)
        }
    }

    /// What a profile files an operating point's stages under.
    private static func places(_ point: OperatingPoint) -> [Place] {
        let head = point.headKey.map { [Place(stage: .head, key: $0)] } ?? []
        guard point.isOffloaded else { return head }
        return head + [
            Place(stage: .encode, key: point.codecKey), Place(stage: .decode, key: point.codecKey),
            Place(stage: .tail, key: point.tailKey),
        ]
    }
}
