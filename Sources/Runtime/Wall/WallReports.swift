import Cluster

/// What a device host has counted; the last part of its report.
struct DeviceHostReport: Codable, Sendable {
    /// Ends of the devices' work.
    var releases = PacingStatistics()
    /// Issue times.
    var issues = PacingStatistics()
    /// All timers, links' included.
    var timers = PacingStatistics()
    /// Requests' ways to the edge site and back, beyond what the simulation took of them.
    var exchanges = PacingStatistics()
    /// Messages that could not be read or belonged to nothing.
    var malformed = 0
    /// The first fault of execution, for messages.
    var fault: String?
    /// By device group: what was spent on requests after they had ended.
    var abandonedNanojoules: [Int64] = []
    /// Of heads and encoding.
    var measurements: [ServiceProfile.Measurement] = []
}

/// What the gateway has counted.
struct GatewayReport: Codable, Sendable {
    var timers = PacingStatistics()
    /// Messages of the run's own processes that could not be read, or requests that were refused.
    var malformed = 0

    /// Strangers may say anything.
    mutating func countMalformed(if isKnown: Bool) { malformed += isKnown ? 1 : 0 }
}

/// What a replica has done.
struct ReplicaReport: Codable, Sendable {
    /// Ends of batches.
    var releases = PacingStatistics()
    /// Requests that came from the gateway.
    var deliveries = PacingStatistics()
    var timers = PacingStatistics()
    var malformed = 0
    var fault: String?
    /// Of decoding and tails.
    var measurements: [ServiceProfile.Measurement] = []
    /// The run's time at the end.
    var observedNanoseconds: Int64 = 0
    /// When its last batch ended.
    var lastEndNanoseconds: Int64 = 0
    /// Whether it had something to do at the end.
    var isServing = false
    var busySlotNanoseconds: Int64 = 0
    var queueNanoseconds: Int64 = 0
    var batches = 0
    var requests = 0

    mutating func take(_ statistics: ReplicaStatistics) {
        busySlotNanoseconds = Int64(clamping: statistics.busySlotNanoseconds)
        queueNanoseconds = Int64(clamping: statistics.queueNanoseconds)
        batches = statistics.batches
        requests = statistics.requests
    }

    var statistics: ReplicaStatistics {
        var statistics = ReplicaStatistics()
        statistics.busySlotNanoseconds = Int128(busySlotNanoseconds)
        statistics.queueNanoseconds = Int128(queueNanoseconds)
        statistics.batches = batches
        statistics.requests = requests
        return statistics
    }
}
