package import Scenario

/// The numbers that key the devices' random draws: a device keeps its draws when other groups grow or shrink.
///
/// Groups begin in van der Corput's order (0, 1/2, 1/4, 3/4, 1/8, …) among the 2^32 numbers, so that where one begins
/// depends on its place in the scenario alone, and all are as far apart as can be (`ScenarioDecoder` sees to it
/// that none reaches the next one).
package struct DeviceStreams: Sendable {
    /// By group, ascending.
    private let firstDevices: [UInt32]
    /// By group.
    private let firstStreams: [UInt32]

    package init(_ groups: [DeviceGroup] = []) {
        var next: UInt32 = 0
        var firstDevices: [UInt32] = []
        for group in groups {
            firstDevices.append(next)
            next += UInt32(group.count)
        }
        self.firstDevices = firstDevices
        firstStreams = groups.indices.map { Self.reversedBits(UInt32($0)) }
    }

    /// The number of a device, by its number through all groups in order; the same in the first group.
    package subscript(device: UInt32) -> UInt32 {
        guard firstDevices.count > 1 else { return device }
        let group = group(of: device)
        return firstStreams[group] &+ (device - firstDevices[group])
    }

    private func group(of device: UInt32) -> Int {
        var (low, high) = (0, firstDevices.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstDevices[middle] <= device { low = middle } else { high = middle }
        }
        return low
    }

    private static func reversedBits(_ number: UInt32) -> UInt32 {
        (0..<UInt32.bitWidth).reduce(0) { $0 << 1 | number >> UInt32($1) & 1 }
    }
}
