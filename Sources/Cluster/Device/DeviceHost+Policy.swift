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

    mutating func choosePoint(for handle: RequestHandle, at time: SimulationTime) -> Int {
        if case .fixed(let point) = self[groupOf: handle].specification.policy { return point }
        let record = requests[handle].record
        observations[index(record.device)].advance(to: time)
        let group = self[groupOf: handle].specification
        switch group.policy {
        case .fixed(let point): return point
        case .fastest(let points):
            guard let predictions = predictions(points, record, at: time) else {
                return cheapest(of: points)
            }
            return fastest(of: predictions)
        case .oracle(let points) where self[groupOf: handle].hasPrivateLinks:
            let predictions = points.map { oraclePrediction($0, record, at: time) }
            return mostAccurate(of: predictions, within: group.deadline)
        // What others will send over a shared link is not in its trace.
        case .deadline(let points), .oracle(let points):
            guard let predictions = predictions(points, record, at: time) else {
                return cheapest(of: points)
            }
            return mostAccurate(of: predictions, within: group.deadline)
        }
    }

    /// Nil while nothing recent is known of the link and a point needs it.
    private func predictions(
        _ points: [Int],
        _ record: RequestRecord,
        at time: SimulationTime
    ) -> [Prediction]? {
        let observation = observations[index(record.device)]
        let needsLink = points.contains { offloads[$0] }
        let estimate = observation.linkEstimate(at: time)
        guard estimate != nil || !needsLink else { return nil }
        let backlog = Double(queuedBytes(device: record.device, at: time))
        return points.map { point in
            var nanoseconds = spent(record, at: time) + (observation.compute[point] ?? 0)
            if offloads[point] {
                nanoseconds += (backlog + facts[point].meanPayloadBytes) * (estimate ?? 0)
                nanoseconds += observation.remote ?? 0
            }
            return Prediction(point: point, nanoseconds: nanoseconds)
        }
    }

    /// Knows when the link would deliver; the rest as the device has seen it.
    private func oraclePrediction(
        _ point: Int,
        _ record: RequestRecord,
        at time: SimulationTime
    ) -> Prediction {
        let observation = observations[index(record.device)]
        let compute = observation.compute[point] ?? 0
        var nanoseconds = spent(record, at: time) + compute
        if offloads[point] {
            let ready = time + SimulationDuration(nanoseconds: Int64(compute))
            let bytes = Int(facts[point].meanPayloadBytes.rounded())
            let end = uplinks[UInt32(index(record.device))].predictedEnd(size: bytes, at: ready)
            nanoseconds += Double((end - ready).nanoseconds) + (observation.remote ?? 0)
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

    /// The least to gamble while the link is unknown: the smallest payload that shows it.
    private func cheapest(of candidates: [Int]) -> Int {
        let offloaded = candidates.filter { offloads[$0] }
        return offloaded.min { facts[$0].meanPayloadBytes < facts[$1].meanPayloadBytes }
            ?? candidates[0]
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
        observations[index(record.device)].seesUplink(
            bytes: Int(record.payloadBytes),
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
