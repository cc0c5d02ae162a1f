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
        let goal = Goal.mostAccurate(within: group.deadline)
        switch group.policy {
        case .fixed(let point): return point
        case .fastest(let points): return choose(.fastest, of: points, for: record, at: time)
        case .deadline(let points): return choose(goal, of: points, for: record, at: time)
        case .oracle(let points):
            // What others will send over a shared link is not in its trace.
            let knowsLinks = self[groupOf: handle].hasPrivateLinks
            return choose(goal, of: points, for: record, knowsLinks: knowsLinks, at: time)
        }
    }

    /// The best by what the device has seen, or what shows the link where that could change the choice.
    private mutating func choose(
        _ goal: Goal,
        of points: [Int],
        for record: RequestRecord,
        knowsLinks: Bool = false,
        at time: SimulationTime
    ) -> Int {
        let device = index(record.device)
        var seen = observations[device]
        if !knowsLinks, seen.nanosecondsPerByte == nil, points.contains(where: { offloads[$0] }) {
            return cheapest(of: points)
        }
        func predictions() -> [Prediction] {
            points.map {
                knowsLinks
                    ? oraclePrediction($0, record, seen, at: time)
                    : prediction($0, record, seen, at: time)
            }
        }
        let choice = best(of: predictions(), goal)
        if offloads[choice] || !observations[device].allowsTrial(at: time) { return choice }
        seen.hopeForTheBest()
        return offloads[best(of: predictions(), goal)] ? cheapest(of: points) : choice
    }

    private func prediction(
        _ point: Int,
        _ record: RequestRecord,
        _ seen: LinkObservation,
        at time: SimulationTime
    ) -> Prediction {
        var nanoseconds = seen.compute[point] ?? 0
        if offloads[point] {
            // What waits for the link leaves it meanwhile.
            let rate = seen.nanosecondsPerByte ?? 0
            let backlog = Double(queuedBytes(device: record.device, at: time))
            nanoseconds = max(nanoseconds, backlog * rate)
            nanoseconds += wireBytes(facts[point].meanPayloadBytes, device: record.device) * rate
            nanoseconds += seen.remote ?? 0
        }
        return Prediction(point: point, nanoseconds: spent(record, at: time) + nanoseconds)
    }

    /// Knows how large the request is and when the links would deliver it and its result, were nothing lost; the rest
    /// as the device has seen it.
    private func oraclePrediction(
        _ point: Int,
        _ record: RequestRecord,
        _ seen: LinkObservation,
        at time: SimulationTime
    ) -> Prediction {
        let device = UInt32(index(record.device))
        let compute = seen.compute[point] ?? 0
        var nanoseconds = spent(record, at: time) + compute
        if offloads[point] {
            let ready = time + SimulationDuration(nanoseconds: Int64(compute))
            let outcome = outcomes.outcome(operatingPoint: point, sample: Int(record.sample))
            let bytes = Int(outcome.payloadBytes)
            let arrival = uplinks[device].predictedArrival(size: bytes, at: ready)
            let served = arrival + SimulationDuration(nanoseconds: Int64(seen.site ?? 0))
            let back = downlinks[device].predictedArrival(size: resultBytes, at: served)
            nanoseconds += Double((back - ready).nanoseconds)
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

    /// On a private link the device sees for how long it sent, in the last attempt; on a shared one the wait as well.
    mutating func observeUplink(_ handle: RequestHandle) {
        guard isObserved(handle) else { return }
        let record = requests[handle].record
        guard record.uplinkEnd != .absent else { return }
        let isPrivate = self[groupOf: handle].hasPrivateLinks
        let begin = isPrivate ? requests[handle].sendingStart : record.encodeEnd
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
        let isPrivate = self[groupOf: handle].hasPrivateLinks
        // What a connection's rounds and other attempts took does not go by the bytes, at least not by few.
        let waits =
            isPrivate ? requests[handle].sendingStart - record.uplinkStart : SimulationDuration.zero
        observations[index(record.device)].sawReply(
            after: waits + (time - record.uplinkEnd),
            atSite: record.serviceEnd - record.arrived,
            at: time
        )
    }

    private func isObserved(_ handle: RequestHandle) -> Bool {
        !observations.isEmpty && self[groupOf: handle].isAdaptive
    }
}
