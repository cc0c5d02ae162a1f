import Links
import Scenario
import SimulationCore

/// A device's private links, or the way to the gateway's shared ones.
extension DeviceHost {
    /// Sends the coded payload off.
    mutating func transmit(_ handle: RequestHandle, at time: SimulationTime) {
        let record = requests[handle].record
        requests[handle].phase = .away
        guard self[groupOf: record.device].hasPrivateLinks else {
            return actions.append(.send(handle))
        }
        let message = LinkMessage(
            device: record.device,
            request: record.sequence,
            bytes: Int(record.payloadBytes),
            handle: handle
        )
        if !uplinks.submit(message, link: UInt32(index(record.device)), at: time) {
            end(handle, .dropped, at: time)
        }
    }

    mutating func uplinkEnded(device: UInt32, at time: SimulationTime) {
        let (transmission, fate) = uplinks.ended(link: UInt32(index(device)), at: time)
        let handle = transmission.message.handle
        requests[handle].record.uplinkStart = transmission.start
        guard fate != .waitsToRejoin else { return }
        requests[handle].record.uplinkEnd = transmission.end
        chargeTransmit(handle)
        observeUplink(handle)
        if fate == .lost { end(handle, .lost, at: time) }
    }

    mutating func uplinkArrived(_ handle: RequestHandle, at time: SimulationTime) {
        requests[handle].record.arrived = time
        actions.append(.send(handle))
    }

    mutating func downlinkEnded(device: UInt32, at time: SimulationTime) {
        let (transmission, fate) = downlinks.ended(link: UInt32(index(device)), at: time)
        if fate == .lost { end(transmission.message.handle, .lost, at: time) }
    }

    /// The request as the gateway needs it.
    package func task(of handle: RequestHandle) -> EdgeTask {
        let record = requests[handle].record
        let group = self[groupOf: record.device].specification
        var task = EdgeTask(
            handle: handle,
            device: record.device,
            sequence: record.sequence,
            operatingPoint: record.operatingPoint ?? 0,
            link: UInt16(group.link ?? 0),
            payloadBytes: record.payloadBytes,
            sample: record.sample
        )
        task.uplinkStart = record.uplinkStart
        task.uplinkEnd = record.uplinkEnd
        task.arrived = record.arrived
        return task
    }

    /// Takes over what the gateway and the replica have found out.
    mutating func merge(_ task: EdgeTask, into handle: RequestHandle) {
        let isShared = !self[groupOf: task.device].hasPrivateLinks
        if isShared {
            requests[handle].record.uplinkStart = task.uplinkStart
            requests[handle].record.uplinkEnd = task.uplinkEnd
            requests[handle].record.arrived = task.arrived
        }
        if task.arrived != .absent { requests[handle].record.replica = task.replica }
        requests[handle].record.serviceStart = task.serviceStart
        requests[handle].record.serviceEnd = task.serviceEnd
        requests[handle].record.batchSize = task.batchSize
        requests[handle].record.prediction = task.prediction
        if isShared {
            chargeTransmit(handle)
            observeUplink(handle)
        }
    }

    /// Turns what the links asked for into timers of `device`.
    mutating func scheduleLinkTimers(of device: UInt32) {
        for due in uplinks.timers {
            actions.append(
                .schedule(
                    Self.timer(due.timer, device, .uplinkEnded, .uplinkArrived, .uplinkRejoin),
                    at: due.time
                )
            )
        }
        for due in downlinks.timers {
            actions.append(
                .schedule(
                    Self.timer(
                        due.timer,
                        device,
                        .downlinkEnded,
                        .downlinkArrived,
                        .downlinkRejoin
                    ),
                    at: due.time
                )
            )
        }
        if !uplinks.timers.isEmpty { uplinks.timers.removeAll(keepingCapacity: true) }
        if !downlinks.timers.isEmpty { downlinks.timers.removeAll(keepingCapacity: true) }
    }

    private static func timer(
        _ timer: LinkBank.Timer,
        _ device: UInt32,
        _ ended: DeviceTimer.Kind,
        _ arrived: DeviceTimer.Kind,
        _ rejoin: DeviceTimer.Kind
    ) -> DeviceTimer {
        switch timer {
        case .ended: DeviceTimer(ended, device: device)
        case .arrived(let handle): DeviceTimer(arrived, device: device, handle: handle)
        case .rejoin(_, let handle): DeviceTimer(rejoin, device: device, handle: handle)
        }
    }
}
