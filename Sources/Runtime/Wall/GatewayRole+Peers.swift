import Cluster
import Messaging
import Scenario
import SimulationCore

/// What arrives at the gateway; what cannot be read is counted and dropped.
extension GatewayRole {
    func receiveFromReplica(_ frames: [[UInt8]]) throws {
        guard frames.count >= 2, let context else { return }
        let isKnown = replicaPeers.contains(frames[0])
        guard let message = try? Wire.decodeData(frames[1]) else {
            return report.countMalformed(if: isKnown)
        }
        switch message {
        case .replicaHello(let hello)
        where hello.token == context.assignment.token && Int(hello.replica) < replicaPeers.count:
            replicaPeers[Int(hello.replica)] = frames[0]
        case .inferenceReply(let reply) where frames.count == 3 && isKnown:
            guard let ticket = entries[reply.handle]?.ticket,
                entries[reply.handle]?.isAssigned == true, entries[reply.handle]?.answer == nil,
                var task = entries[reply.handle]?.task, replicaPeers[Int(task.replica)] == frames[0]
            else { return report.malformed += 1 }
            let replica = task.replica
            task.take(reply)
            task.replica = replica
            entries[reply.handle]?.answer = task
            entries[reply.handle]?.payload = frames[2]
            entries[reply.handle]?.margin = reply.margin
            entries[reply.handle]?.text = reply.text
            try timeline.receive(
                .finish(reply.handle, ticket: ticket),
                planned: SimulationTime(nanoseconds: reply.sentNs)
            )
        default: report.countMalformed(if: isKnown)
        }
    }

    func receiveFromDevice(_ frames: [[UInt8]]) throws {
        guard frames.count >= 2 else { return }
        guard let message = try? Wire.decodeData(frames[1]) else {
            return report.countMalformed(if: isHost(frames[0]))
        }
        switch message {
        case .deviceHello(let hello): try welcome(hello, peer: frames[0])
        case .inferenceRequest(let request):
            if let problem = problem(with: request, frames) {
                return try refuse(request, problem, peer: frames[0])
            }
            try take(request, payload: frames[2], peer: frames[0])
        default: report.countMalformed(if: isHost(frames[0]))
        }
    }

    // MARK: Devices

    private func isHost(_ peer: [UInt8]) -> Bool {
        if case .host = peers[peer] { true } else { false }
    }

    /// Sends to a device host, or to a device outside simcoord, which is forgotten when it has gone or does not read
    /// what it is sent.
    func send(_ frames: [[UInt8]]) throws {
        let peer = frames[0]
        guard let devices else { return }
        let isOpen =
            isHost(peer)
            || devices.waitingCount(for: peer) < Self.foreignBound
                && devices.waitingCount < Channel.waitingBound
        if isOpen, try devices.send(frames) || isHost(peer) { return }
        devices.discard(peer)
        peers[peer] = nil
    }

    /// Messages that may wait for one device outside simcoord.
    private static let foreignBound = 10_000

    private func welcome(_ hello: WireDeviceHello, peer: [UInt8]) throws {
        guard let context else { return }
        var information = WireGatewayInformation()
        information.scenario = context.scenario.name
        if hello.token == context.assignment.token {
            peers[peer] = .host
        } else if case .foreign(let device) = peers[peer] {
            information.device = device
        } else if context.assignment.isOpen {
            information.device = context.scenario.deviceCount &+ foreigners
            foreigners &+= 1
            peers[peer] = .foreign(device: information.device)
        } else {
            return
        }
        information.operatingPoints = context.scenario.operatingPoints.indices
            .filter { context.scenario.operatingPoints[$0].isOffloaded }
            .map { description(of: $0, context) }
        try send([peer, Wire.encode(.gatewayInformation(information))])
    }

    private func description(of index: Int, _ context: WallContext) -> WireOperatingPoint {
        let point = context.scenario.operatingPoints[index]
        var description = WireOperatingPoint()
        description.index = UInt32(index)
        description.name = point.name
        description.tensor = point.entryTensor ?? ""
        switch point.kind {
        case .local, .synthetic: description.code = "synthetic"
        case .raw: description.code = "raw"
        case .png: description.code = "png"
        case .jpeg(let quality): (description.code, description.level) = ("jpeg", UInt32(quality))
        case .webp(let quality): (description.code, description.level) = ("webp", UInt32(quality))
        case .splitFloat: description.code = "float32"
        case .splitQuantized(_, let bits):
            (description.code, description.level) = ("quantised", UInt32(bits))
        case .unit(_, let rate): description.code = "unit \(rate)"
        }
        guard let plan = context.plan else { return description }
        description.shape = plan.codedShape(of: point).map { UInt32($0) }
        return description
    }

    // MARK: Requests

    /// Why a request cannot be taken; nil when it can.
    private func problem(with request: WireInferenceRequest, _ frames: [[UInt8]]) -> String? {
        guard let context else { return "the gateway is not ready" }
        let point = Int(request.operatingPoint)
        guard frames.count == 3 else { return "the message has no payload frame" }
        guard timeline.clock != nil else { return "the run has not started" }
        guard point < context.isServed.count, context.isServed[point] else {
            return "operating point \(point) is not one that is served"
        }
        switch peers[frames[0]] {
        case nil: return "say DeviceHello first"
        case .host:
            guard request.link > 0, Int(request.link) <= context.scenario.links.count else {
                return "link \(request.link) is not in the scenario"
            }
        case .foreign(let device):
            guard request.device == device else {
                return "device \(request.device) is not yours; you are device \(device)"
            }
            guard request.link == 0 else { return "link has to be 0" }
        }
        return nil
    }

    private func refuse(_ request: WireInferenceRequest, _ text: String, peer: [UInt8]) throws {
        report.countMalformed(if: isHost(peer))
        var reply = WireInferenceReply()
        reply.device = request.device
        reply.request = request.request
        reply.handle = request.handle
        reply.status = .failed
        reply.text = text
        reply.sentNs = timeline.clock?.now.nanoseconds ?? 0
        try send([peer, Wire.encode(.inferenceReply(reply)), []])
    }

    private func take(_ request: WireInferenceRequest, payload: [UInt8], peer: [UInt8]) throws {
        let task = insert { handle, ticket in
            Entry(
                peer: peer,
                handle: request.handle,
                ticket: ticket,
                task: EdgeTask(request, payloadBytes: payload.count, handle: handle),
                payload: payload
            )
        }
        if case .foreign = peers[peer] {
            try timeline.receive(.arrive(task.handle), planned: nil)
        } else if gateway?.usesSharedLink(task) == true {
            let planned = SimulationTime(nanoseconds: request.encodeEndNs)
            try uplinkTimeline.receive(.submit(task.handle), planned: planned)
        } else {
            try timeline.receive(.arrive(task.handle), planned: task.arrived)
        }
    }
}
