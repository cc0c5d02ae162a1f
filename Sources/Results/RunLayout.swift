import Cluster
package import Scenario
package import SimulationCore

/// The names and sizes of a run that its figures are arranged by.
package struct RunLayout: Sendable, Equatable {
    /// A group of like devices.
    package struct DeviceGroup: Sendable, Equatable {
        package var name: String
        package var count: Int
        package var deadline: SimulationDuration?

        package init(name: String, count: Int, deadline: SimulationDuration? = nil) {
            self.name = name
            self.count = count
            self.deadline = deadline
        }
    }

    package var name: String
    package var seed: UInt64
    package var clock: Scenario.Clock
    /// The span over which requests are issued.
    package var duration: SimulationDuration
    /// Devices are numbered through these in order.
    package var deviceGroups: [DeviceGroup]
    package var operatingPoints: [String]
    /// Names of the edge replicas in order of their numbers, `group/index`.
    package var replicas: [String]
    /// Nil for synthetic work, which predicts nothing.
    package var accuracyReference: AccuracyReference?
    /// Nil when the run is to go its whole length.
    package var precision: Precision?

    package init(
        name: String,
        seed: UInt64,
        clock: Scenario.Clock,
        duration: SimulationDuration,
        deviceGroups: [DeviceGroup],
        operatingPoints: [String],
        replicas: [String],
        accuracyReference: AccuracyReference? = nil,
        precision: Precision? = nil
    ) {
        self.name = name
        self.seed = seed
        self.clock = clock
        self.duration = duration
        self.deviceGroups = deviceGroups
        self.operatingPoints = operatingPoints
        self.replicas = replicas
        self.accuracyReference = accuracyReference
        self.precision = precision
    }

    package init(_ scenario: Scenario) {
        self.init(
            name: scenario.name,
            seed: scenario.seed,
            clock: scenario.clock,
            duration: scenario.duration,
            deviceGroups: scenario.devices.map {
                DeviceGroup(name: $0.name, count: $0.count, deadline: $0.deadline)
            },
            operatingPoints: scenario.operatingPoints.map(\.name),
            replicas: scenario.replicaNames,
            accuracyReference: Self.accuracyReference(scenario.workload),
            precision: scenario.precision
        )
    }

    private static func accuracyReference(_ workload: Workload) -> AccuracyReference? {
        guard case .network(let network) = workload else { return nil }
        return network.dataset.isLabelled ? .labels : .uncutNetwork
    }

    package var deviceCount: Int { deviceGroups.reduce(0) { $0 + $1.count } }

    /// The group's index of each device.
    var groupOfDevice: [UInt16] {
        var groups: [UInt16] = []
        groups.reserveCapacity(deviceCount)
        for (index, group) in deviceGroups.enumerated() {
            groups.append(contentsOf: repeatElement(UInt16(index), count: group.count))
        }
        return groups
    }
}
