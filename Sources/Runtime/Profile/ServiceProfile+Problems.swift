import Cluster

extension ServiceProfile {
    /// Most that a scenario may ask for, and so most that a profile may hold.
    private static let mostBatch = 4_096
    private static let mostSlots = 1_024

    /// What makes the figures unusable; empty when nothing does.
    var problems: [String] {
        guard !measurements.isEmpty else { return ["the profile holds no measurement"] }
        var seen: Set<String> = []
        var problems: [String] = []
        if let devicesPerProcessor, devicesPerProcessor < 1 {
            problems.append("devicesPerProcessor is \(devicesPerProcessor), not at least 1")
        }
        for measurement in measurements {
            let name = measurement.name
            if let problem = Self.problem(with: measurement) {
                problems.append("\(name) \(problem)")
            }
            if !seen.insert(name).inserted { problems.append("\(name) is there twice") }
        }
        return problems
    }

    private static func problem(with measurement: Measurement) -> String? {
        let isTail = measurement.stage == .tail
        let most =
            switch measurement.stage {
            case .head, .encode: 1
            case .decode: laterInBatch
            case .tail: mostBatch
            }
        if !(1...most).contains(measurement.batch) {
            return "has a batch that is not in 1…\(most)"
        }
        if !(1...(isTail ? mostSlots : 1)).contains(measurement.busySlots) {
            return "has busy slots that are not in 1…\(isTail ? mostSlots : 1)"
        }
        guard let least = measurement.nanoseconds.min(), let most = measurement.nanoseconds.max()
        else { return "has no samples" }
        if least < 0 { return "has a negative time" }
        if most > longestNanoseconds { return "has a time of more than an hour" }
        if let span = measurement.spanNanoseconds, span <= 0 {
            return "has a spanNanoseconds that is not positive"
        }
        return problemWithTaken(measurement) ?? problemWithIdle(measurement)
    }

    private static func problemWithTaken(_ measurement: Measurement) -> String? {
        guard let taken = measurement.takenNanoseconds else { return nil }
        guard let span = measurement.spanNanoseconds else {
            return "has a takenNanoseconds and no spanNanoseconds"
        }
        let count = measurement.nanoseconds.count
        if taken.count != count { return "has \(count) times and \(taken.count) moments of them" }
        if zip(taken, taken.dropFirst()).contains(where: { $0 > $1 }) {
            return "has a takenNanoseconds that is not ascending"
        }
        return taken[0] < 0 || taken[count - 1] > span
            ? "has a takenNanoseconds that is not in 0…\(span)" : nil
    }

    private static func problemWithIdle(_ measurement: Measurement) -> String? {
        guard let idleTimes = measurement.idleNanoseconds else { return nil }
        if measurement.spanNanoseconds == nil {
            return "has an idleNanoseconds and no spanNanoseconds"
        }
        let count = measurement.nanoseconds.count
        if idleTimes.count != count {
            return "has \(count) times and \(idleTimes.count) idle times"
        }
        return idleTimes.contains { $0 < 0 } ? "has a negative idle time" : nil
    }
}

extension ServiceProfile.Measurement {
    /// What is measured, in words.
    var title: String { "\(stage.rawValue) “\(key)” of batch \(batch) with \(busySlots) busy" }

    /// The subject of a sentence about it.
    var name: String { "the measurement \(title)" }
}
