import Cluster
import Messaging
import SimulationCore

extension EdgeTask {
    /// The request as its message says it; the caller has checked the operating point and the link.
    init(_ message: WireInferenceRequest, payloadBytes: Int, handle: RequestHandle) {
        self.init(
            handle: handle,
            device: message.device,
            sequence: message.request,
            operatingPoint: UInt16(message.operatingPoint),
            link: message.link == 0 ? Self.noLink : UInt16(message.link - 1),
            payloadBytes: UInt32(payloadBytes),
            sample: message.sample
        )
        if message.hasUplinkStartNs { uplinkStart = .init(nanoseconds: message.uplinkStartNs) }
        if message.hasUplinkEndNs { uplinkEnd = .init(nanoseconds: message.uplinkEndNs) }
        if message.hasArrivedNs { arrived = .init(nanoseconds: message.arrivedNs) }
    }

    /// The message that carries the request on.
    func request(handle: RequestHandle, encodeEnd: SimulationTime = .absent) -> WireInferenceRequest
    {
        var message = WireInferenceRequest()
        message.device = device
        message.request = sequence
        message.operatingPoint = UInt32(operatingPoint)
        message.sample = sample
        message.handle = handle
        message.link = link == Self.noLink ? 0 : UInt32(link) + 1
        if encodeEnd != .absent { message.encodeEndNs = encodeEnd.nanoseconds }
        if uplinkStart != .absent { message.uplinkStartNs = uplinkStart.nanoseconds }
        if uplinkEnd != .absent { message.uplinkEndNs = uplinkEnd.nanoseconds }
        if arrived != .absent { message.arrivedNs = arrived.nanoseconds }
        return message
    }

    /// The message that answers the request.
    func reply(handle: RequestHandle, at time: SimulationTime) -> WireInferenceReply {
        var message = WireInferenceReply()
        message.device = device
        message.request = sequence
        message.handle = handle
        message.status = WireStatus(status)
        message.sentNs = time.nanoseconds
        message.batchSize = UInt32(batchSize)
        message.replica = UInt32(replica)
        message.uplinkWaitNs = uplinkWait.nanoseconds
        if let prediction { message.prediction = UInt32(bitPattern: prediction) }
        if uplinkStart != .absent { message.uplinkStartNs = uplinkStart.nanoseconds }
        if uplinkEnd != .absent { message.uplinkEndNs = uplinkEnd.nanoseconds }
        if arrived != .absent { message.arrivedNs = arrived.nanoseconds }
        if serviceStart != .absent { message.serviceStartNs = serviceStart.nanoseconds }
        if serviceEnd != .absent { message.serviceEndNs = serviceEnd.nanoseconds }
        return message
    }

    /// Takes over what a reply says.
    mutating func take(_ message: WireInferenceReply) {
        status = Status(message.status)
        batchSize = UInt16(truncatingIfNeeded: message.batchSize)
        replica = UInt16(truncatingIfNeeded: message.replica)
        uplinkWait = .init(nanoseconds: message.uplinkWaitNs)
        if message.hasPrediction { prediction = Int32(bitPattern: message.prediction) }
        if message.hasUplinkStartNs { uplinkStart = .init(nanoseconds: message.uplinkStartNs) }
        if message.hasUplinkEndNs { uplinkEnd = .init(nanoseconds: message.uplinkEndNs) }
        if message.hasArrivedNs { arrived = .init(nanoseconds: message.arrivedNs) }
        if message.hasServiceStartNs { serviceStart = .init(nanoseconds: message.serviceStartNs) }
        if message.hasServiceEndNs { serviceEnd = .init(nanoseconds: message.serviceEndNs) }
    }
}

extension WireStatus {
    init(_ status: EdgeTask.Status) {
        self =
            switch status {
            case .ok: .ok
            case .rejected: .rejected
            case .failed: .failed
            case .dropped: .dropped
            case .lost: .lost
            }
    }
}

extension EdgeTask.Status {
    /// An unknown status is a fault of its sender.
    init(_ status: WireStatus) {
        self =
            switch status {
            case .ok: .ok
            case .rejected: .rejected
            case .dropped: .dropped
            case .lost: .lost
            case .failed, .unspecified, .UNRECOGNIZED: .failed
            }
    }
}
