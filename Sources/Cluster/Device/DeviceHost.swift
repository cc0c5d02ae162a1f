import BasicContainers
import Links
import Scenario
package import SimulationCore

/// A range of devices with their processors, queues, policies and private links.
///
/// A pure state machine: the driver calls in with the time, then drains `actions` and `ended`.
/// One process hosts all devices under the virtual clock, several share them under the wall clock.
package struct DeviceHost: ~Copyable, Sendable {
    /// What a device is, beside its links and observations; small, as there may be a million.
    struct Device: BitwiseCopyable, Sendable {
        let group: UInt16
        var isComputing = false
        var queueLength: UInt32 = 0
        var queueHead = OpenRequests.none
        var queueTail = OpenRequests.none
        var nextSequence: UInt32 = 0
        /// Arrivals that have been scheduled, which is what arrival draws are counted by.
        var nextArrival: UInt32 = 0
    }

    /// What all devices of a group share.
    struct Group: Sendable {
        let specification: DeviceGroup
        let arrivals: ArrivalProcess
        /// Index into `Scenario.links`, or `EdgeTask.noLink`.
        let link: UInt16
        let hasPrivateLinks: Bool
        /// Whether its policy looks at what its devices observe.
        let isAdaptive: Bool
    }

    /// The hosted devices' numbers.
    package let range: Range<UInt32>
    let seed: UInt64
    let streams: DeviceStreams
    var issueEnd: SimulationTime
    let outcomes: OutcomeTable
    let resultBytes: Int
    /// By operating point: whether it sends something.
    let offloads: [Bool]
    let facts: [OperatingPointFacts]
    let groups: [Group]
    var devices: UniqueArray<Device>
    var requests = OpenRequests()
    /// By device; empty stand-ins where a group's links are shared.
    var uplinks: LinkBank
    var downlinks: LinkBank
    /// By device; empty when no policy adapts.
    var observations: UniqueArray<LinkObservation>
    /// What the driver has to do.
    package var actions = ActionQueue<DeviceAction>()
    /// By group: what was spent on requests after they had ended, as their clients gave them up.
    package internal(set) var abandonedNanojoules: [Int128]
    /// Requests that have ended since the driver looked last.
    package var ended: [RequestRecord] = []

    /// The number of requests that still use a resource.
    package var openRequests: Int { requests.count }

    package func record(of handle: RequestHandle) -> RequestRecord { requests[handle].record }

    /// The index of the group that a device belongs to.
    package func group(of device: UInt32) -> Int {
        Int(devices[index(device)].group)
    }

    func index(_ device: UInt32) -> Int { Int(device - range.lowerBound) }

    // MARK: Inputs

    /// Schedules the first arrivals of all devices.
    package mutating func start() {
        for device in range {
            let concurrency = groups[group(of: device)].arrivals.closedConcurrency ?? 1
            for _ in 0..<concurrency { scheduleArrival(of: device, after: .start) }
        }
    }

    /// Issues nothing from `time` on, which must not have been reached.
    package mutating func stopIssuing(at time: SimulationTime) { issueEnd = min(issueEnd, time) }

    /// Whether an arrival at `time` becomes a request.
    package func issues(at time: SimulationTime) -> Bool { time < issueEnd }

    /// Brings a timer back.
    ///
    /// - Parameters:
    ///   - timer: which was scheduled.
    ///   - time: not before any earlier call's.
    ///   - due: when it was to come back, if that was earlier; a request's latency counts from it.
    package mutating func handle(
        _ timer: DeviceTimer,
        at time: SimulationTime,
        due: SimulationTime? = nil
    ) {
        switch timer.kind {
        case .issue: issue(device: timer.device, intended: due ?? time, at: time)
        case .giveUp: giveUp(timer, at: time)
        case .uplinkArrived: uplinkArrived(timer.handle, at: time)
        case .uplinkRejoin: rejoinUplink(timer.handle, device: timer.device, at: time)
        case .downlinkArrived: complete(timer.handle, at: time)
        case .downlinkRejoin: rejoinDownlink(timer.handle, device: timer.device, at: time)
        case .uplinkLost, .downlinkLost: end(timer.handle, .lost, at: time)
        }
    }

    /// The device's share of a request is done, at `encodeEnd` (at `headEnd` when local).
    ///
    /// - Parameters:
    ///   - handle: the request's.
    ///   - headEnd: nil when no part of the network ran on the device.
    ///   - encodeEnd: nil when the request stays on the device.
    ///   - payloadBytes: what the coder produced; 0 when local.
    ///   - prediction: of a local request.
    package mutating func computeEnded(
        _ handle: RequestHandle,
        headEnd: SimulationTime?,
        encodeEnd: SimulationTime?,
        payloadBytes: UInt32,
        prediction: Int32?
    ) {
        let end = encodeEnd ?? headEnd ?? requests[handle].record.headStart
        let device = requests[handle].record.device
        requests[handle].record.headEnd = headEnd ?? .absent
        requests[handle].record.encodeEnd = encodeEnd ?? .absent
        requests[handle].record.payloadBytes = payloadBytes
        chargeCompute(handle, until: end)
        observeCompute(handle, until: end)
        requests[handle].phase = .away
        devices[index(device)].isComputing = false
        if requests[handle].isClosed {
            requests.remove(handle)
        } else if isOffloaded(handle) {
            transmit(handle, at: end)
        } else {
            requests[handle].record.prediction = prediction
            complete(handle, at: end)
        }
        startNext(device: device, at: end)
    }

    /// The device's share could not be run.
    package mutating func computeFailed(_ handle: RequestHandle, at time: SimulationTime) {
        let device = requests[handle].record.device
        devices[index(device)].isComputing = false
        end(handle, .failed, at: time)
        startNext(device: device, at: time)
    }

    /// A request has come back from the gateway.
    package mutating func receive(_ task: EdgeTask, at time: SimulationTime) {
        let handle = task.handle
        merge(task, into: handle)
        switch task.status {
        case .ok:
            guard self[groupOf: handle].hasPrivateLinks else {
                return complete(handle, at: time)
            }
            returnResult(handle, of: task, at: time)
        case .rejected: end(handle, .rejected, at: time)
        case .failed: end(handle, .failed, at: time)
        case .dropped: end(handle, .dropped, at: time)
        case .lost: end(handle, .lost, at: time)
        }
    }

    /// Ends every open request as unfinished: the drain is over.
    package mutating func finish(at time: SimulationTime) {
        for handle in requests.handles {
            if requests[handle].isClosed {
                chargeSpent(handle, until: time)
            } else {
                close(handle, .unfinished, at: time)
            }
        }
    }

    /// The group of a request's device; read in place, as a copy would retain all that it holds.
    subscript(groupOf handle: RequestHandle) -> Group {
        _read { yield groups[Int(requests[handle].group)] }
    }

    /// Has the processor fetch what a timer will need.
    func prefetch(_ timer: DeviceTimer) {
        switch timer.kind {
        case .issue: devices.prefetch(index(timer.device))
        case .uplinkArrived, .downlinkArrived: prefetch(timer.handle)
        case .giveUp, .uplinkRejoin, .uplinkLost, .downlinkRejoin, .downlinkLost: break
        }
    }

    /// Has the processor fetch a request.
    func prefetch(_ handle: RequestHandle) { requests.prefetch(handle) }

    /// Has the processor fetch a device's uplink.
    func prefetchUplink(of device: UInt32) { uplinks.prefetch(UInt32(index(device))) }

    /// Has the processor fetch a device's downlink.
    func prefetchDownlink(of device: UInt32) { downlinks.prefetch(UInt32(index(device))) }

    func isOffloaded(_ handle: RequestHandle) -> Bool {
        guard let point = requests[handle].record.operatingPoint else { return false }
        return offloads[Int(point)]
    }
}
