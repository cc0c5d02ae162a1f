import BasicContainers
import Links
import Scenario
import SimulationCore

/// Choosing the operating point of a request, from what the device has seen by then.
extension DeviceHost {
    /// A candidate and its predicted latency, counted from the intended issue.
    private struct Prediction {
        let point: Int
        let nanoseconds: Double
    }

    /// What a policy wants of its candidates.
    private enum Goal {
        case fastest
        case mostAccurate(within: SimulationDuration?)
    }

    mutating func choosePoint(for handle: RequestHandle, at time: SimulationTime) -> Int {
        if case .fixed(let point) = self[groupOf: handle].specification.policy { return point }
        let record = requests[handle].record
        observations[index(record.device)].advance(to: time)
        let group = self[groupOf: handle].specification
        switch group.policy {
        case .fixed(let point): return point
        case .fastest(let points):
            return choose(.fastest, of: points, for: record, at: time)
        case .oracle(let points) where self[groupOf: handle].hasPrivateLinks:
            let predictions = points.map { oraclePrediction($0, record, at: time) }
            return best(of: predictions, .mostAccurate(within: group.deadline))
        // What others will send over a shared link is not in its trace.
        case .deadline(let points), .oracle(let points):
            let goal = Goal.mostAccurate(within: group.deadline)
            return choose(goal, of: points, for: record, at: time)
        }
    }

    /// The best by what the device has seen, or what shows the link where that could change the choice.
    private mutating func choose(
        _ goal: Goal,
        of points: [Int],
        for record: RequestRecord,
        at time: SimulationTime
    ) -> Int {
        let device = index(record.device)
        let estimate = observations[device].nanosecondsPerByte
        if estimate == nil, points.contains(where: { offloads[$0] }) { return cheapest(of: points) }
        let expected = predictions(points, record, nanosecondsPerByte: estimate ?? 0, at: time)
        let choice = best(of: expected, goal)
        if offloads[choice] || !observations[device].allowsTrial(at: time) { return choice }
        let hoped = predictions(points, record, nanosecondsPerByte: 0, at: time)
        return offloads[best(of: hoped, goal)] ? cheapest(of: points) : choice
    }

    private func predictions(
        _ points: [Int],
        _ record: RequestRecord,
        nanosecondsPerByte: Double,
        at time: SimulationTime
    ) -> [Prediction] {
        let observation = observations[index(record.device)]
        let backlog = Double(queuedBytes(device: record.device, at: time))
        return points.map { point in
            var nanoseconds = spent(record, at: time) + (observation.compute[point] ?? 0)
            if offloads[point] {
                let bytes = wireBytes(facts[point].meanPayloadBytes, device: record.device)
                nanoseconds += (backlog + bytes) * nanosecondsPerByte
                nanoseconds += observation.remote ?? 0
            }
            return Prediction(point: point, nanoseconds: nanoseconds)
        }
    }

    /// Knows how large the request is and when the links would deliver; the rest as the device has seen it.
    private func oraclePrediction(
        _ point: Int,
        _ record: RequestRecord,
        at time: SimulationTime
    ) -> Prediction {
        let device = UInt32(index(record.device))
        let observation = observations[Int(device)]
        let compute = observation.compute[point] ?? 0
        var nanoseconds = spent(record, at: time) + compute
        if offloads[point] {
            let ready = time + SimulationDuration(nanoseconds: Int64(compute))
            let outcome = outcomes.outcome(operatingPoint: point, sample: Int(record.sample))
            let bytes = Int(outcome.payloadBytes)
            let end = uplinks[device].predictedEnd(size: bytes, at: ready)
            nanoseconds += Double((end - ready).nanoseconds)
            if let remote = observation.remote {
                nanoseconds += remote
            } else {
                let arrival = uplinks[device].predictedArrival(size: bytes, at: ready)
                let back = downlinks[device].predictedArrival(size: resultBytes, at: arrival)
                nanoseconds += Double((back - end).nanoseconds)
            }
        }
        return Prediction(point: point, nanoseconds: nanoseconds)
    }

    private func spent(_ record: RequestRecord, at time: SimulationTime) -> Double {
        Double((time - record.issued).nanoseconds)
    }

    private func queuedBytes(device: UInt32, at time: SimulationTime) -> Int {
        guard groups[group(of: device)].hasPrivateLinks else { return 0 }
        return uplinks[UInt32(index(device))].queuedBytes(at: time)
    }

    /// What a payload takes of a private link; of a shared one the device sees no more than the payload.
    private func wireBytes(_ payloadBytes: Double, device: UInt32) -> Double {
        guard groups[group(of: device)].hasPrivateLinks else { return payloadBytes }
        let size = Int(payloadBytes.rounded())
        return Double(uplinks[UInt32(index(device))].wireBytes(size: size))
    }

    /// The least to gamble while the link is unknown: the smallest payload that shows it.
    private func cheapest(of candidates: [Int]) -> Int {
        let offloaded = candidates.filter { offloads[$0] }
        return offloaded.min { facts[$0].meanPayloadBytes < facts[$1].meanPayloadBytes }
            ?? candidates[0]
    }

    private func best(of predictions: [Prediction], _ goal: Goal) -> Int {
        switch goal {
        case .fastest: fastest(of: predictions)
        case .mostAccurate(let deadline): mostAccurate(of: predictions, within: deadline)
        }
    }

    private func fastest(of predictions: [Prediction]) -> Int {
        predictions.min { $0.nanoseconds < $1.nanoseconds }?.point ?? 0
    }

    private func mostAccurate(
        of predictions: [Prediction],
        within deadline: SimulationDuration?
    ) -> Int {
        let limit = Double(deadline?.nanoseconds ?? .max)
        let timely = predictions.filter { $0.nanoseconds <= limit }
        guard !timely.isEmpty else { return fastest(of: predictions) }
        let best = timely.map { facts[$0.point].accuracy }.max() ?? 0
        return fastest(of: timely.filter { facts[$0.point].accuracy == best })
    }

    // MARK: Observing

    mutating func observeCompute(_ handle: RequestHandle, until end: SimulationTime) {
        guard isObserved(handle) else { return }
        let record = requests[handle].record
        observations[index(record.device)].sawCompute(
            end - record.headStart,
            operatingPoint: Int(record.operatingPoint ?? 0)
        )
    }

    /// On a private link the device sees the transmission; on a shared one the wait as well.
    mutating func observeUplink(_ handle: RequestHandle) {
        guard isObserved(handle) else { return }
        let record = requests[handle].record
        guard record.uplinkEnd != .absent else { return }
        let isPrivate = self[groupOf: handle].hasPrivateLinks
        let begin = isPrivate ? record.uplinkStart : record.encodeEnd
        let bytes = wireBytes(Double(record.payloadBytes), device: record.device)
        observations[index(record.device)].seesUplink(
            bytes: Int(bytes),
            took: record.uplinkEnd - begin,
            at: record.uplinkEnd
        )
    }

    mutating func observeCompletion(_ handle: RequestHandle, at time: SimulationTime) {
        guard isObserved(handle) else { return }
        let record = requests[handle].record
        guard record.uplinkEnd != .absent else { return }
        observations[index(record.device)].sawRemote(time - record.uplinkEnd)
    }

    private func isObserved(_ handle: RequestHandle) -> Bool {
        !observations.isEmpty && self[groupOf: handle].isAdaptive
    }
}
