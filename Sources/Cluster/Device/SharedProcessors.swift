import SimulationCore

/// The processors of which each serves some devices, as on the host where a profile was measured.
///
/// Devices that share one find its caches as the one before left them: work that follows other work at once is
/// faster, so that requests issued close to each other come to the server closer still.
struct SharedProcessors: Sendable {
    private let seed: UInt64
    private let devicesEach: Int
    /// By processor: when the stages of one of its devices last began.
    private var begun: [SimulationTime]

    /// - Parameters:
    ///   - devices: of the whole scenario.
    ///   - devicesEach: at least one; neighbours in the order of devices.
    ///   - seed: the scenario's.
    init(devices: UInt32, devicesEach: Int, seed: UInt64) {
        precondition(devicesEach > 0, "a processor serves a device")
        self.seed = seed
        self.devicesEach = min(devicesEach, max(Int(devices), 1))
        let count = (Int(devices) + self.devicesEach - 1) / self.devicesEach
        begun = Array(repeating: .start, count: count)
    }

    /// The moment at which a device's stages begin; not before those of the others so far.
    mutating func begin(_ device: UInt32, at time: SimulationTime) -> HostMoment {
        let index = Int(device) / devicesEach
        defer { begun[index] = time }
        // As for shared links, entities beyond the devices and servers.
        return HostMoment(
            seed: seed,
            entity: ~UInt32(index),
            time: time,
            idleTime: time - begun[index]
        )
    }
}
