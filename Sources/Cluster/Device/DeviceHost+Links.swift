import BasicContainers
import Links
import Scenario
import SimulationCore

/// A device's private links, or the way to the gateway's shared ones.
extension DeviceHost {
    /// Sends the coded payload off.
    mutating func transmit(_ handle: RequestHandle, at time: SimulationTime) {
        let device = requests[handle].record.device
        guard self[groupOf: handle].hasPrivateLinks else { return actions.append(.send(handle)) }
        let message = LinkMessage(
            device: streams[device],
            request: requests[handle].record.sequence,
            bytes: Int(requests[handle].record.payloadBytes)
        )
        let link = UInt32(index(device))
        guard let transmission = uplinks.submit(message, of: handle, link: link, at: time) else {
            return end(handle, .dropped, at: time)
        }
        requests[handle].record.uplinkStart = transmission.start
        followUplink(transmission, of: handle, device: device)
    }

    mutating func rejoinUplink(
        _ handle: RequestHandle,
        device: UInt32,
        at time: SimulationTime
    ) {
        let transmission = uplinks.rejoin(handle, link: UInt32(index(device)), at: time)
        chargeTransmit(handle, until: time)
        followUplink(transmission, of: handle, device: device)
    }

    /// Notes the end that the link has named, which may still lie ahead: see `close`.
    private mutating func followUplink(
        _ transmission: Transmission,
        of handle: RequestHandle,
        device: UInt32
    ) {
        requests[handle].record.uplinkEnd = transmission.end
        requests[handle].sendingStart = transmission.end - transmission.sending
        let (kind, time) = transmission.next(
            arrived: DeviceTimer.Kind.uplinkArrived,
            rejoin: .uplinkRejoin,
            lost: .uplinkLost
        )
        actions.append(.schedule(DeviceTimer(kind, device: device, handle: handle), at: time))
        if kind != .uplinkRejoin { observeUplink(handle) }
    }

    mutating func uplinkArrived(_ handle: RequestHandle, at time: SimulationTime) {
        requests[handle].record.arrived = time
        actions.append(.send(handle))
    }

    /// Sends a result down to its device.
    mutating func returnResult(
        _ handle: RequestHandle,
        of task: EdgeTask,
        at time: SimulationTime
    ) {
        let message = LinkMessage(
            device: streams[task.device],
            request: task.sequence,
            bytes: resultBytes
        )
        let link = UInt32(index(task.device))
        guard let transmission = downlinks.submit(message, of: handle, link: link, at: time) else {
            return end(handle, .dropped, at: time)
        }
        followDownlink(transmission, of: handle, device: task.device)
    }

    mutating func rejoinDownlink(
        _ handle: RequestHandle,
        device: UInt32,
        at time: SimulationTime
    ) {
        let transmission = downlinks.rejoin(handle, link: UInt32(index(device)), at: time)
        followDownlink(transmission, of: handle, device: device)
    }

    private mutating func followDownlink(
        _ transmission: Transmission,
        of handle: RequestHandle,
        device: UInt32
    ) {
        let (kind, time) = transmission.next(
            arrived: DeviceTimer.Kind.downlinkArrived,
            rejoin: .downlinkRejoin,
            lost: .downlinkLost
        )
        actions.append(.schedule(DeviceTimer(kind, device: device, handle: handle), at: time))
    }

    /// The request as the gateway needs it.
    package func task(of handle: RequestHandle) -> EdgeTask {
        let record = requests[handle].record
        var task = EdgeTask(
            handle: handle,
            device: record.device,
            sequence: record.sequence,
            operatingPoint: record.operatingPoint ?? 0,
            link: self[groupOf: handle].link,
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
        let isShared = !self[groupOf: handle].hasPrivateLinks
        if isShared {
            requests[handle].record.uplinkStart = task.uplinkStart
            requests[handle].record.uplinkEnd = task.uplinkEnd
            requests[handle].sendingStart = task.uplinkStart + task.uplinkWait
            requests[handle].record.arrived = task.arrived
        }
        if task.replica != EdgeTask.noReplica { requests[handle].record.replica = task.replica }
        requests[handle].record.serviceStart = task.serviceStart
        requests[handle].record.serviceEnd = task.serviceEnd
        requests[handle].record.batchSize = task.batchSize
        requests[handle].record.prediction = task.prediction
        if isShared { observeUplink(handle) }
    }
}
