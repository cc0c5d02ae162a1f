import BasicContainers
import Links
import Scenario
import SimulationCore

/// The life of a request on its device, from issue to one state.
extension DeviceHost {
    /// What a client takes at least from one request to the next that follows it in a closed loop.
    ///
    /// Without it a loop in which requests end as they are issued (say in a full queue, and
    /// without a think time) would stop the clock for ever.
    static var shortestCycle: SimulationDuration { .microseconds(1) }

    /// Schedules a device's next arrival, unless issuing stops before it.
    ///
    /// It is put off until `earliest`.
    mutating func scheduleArrival(
        of device: UInt32,
        after previous: SimulationTime,
        notBefore earliest: SimulationTime = .start
    ) {
        let position = index(device)
        // Counted though it may lie beyond the end: of a closed loop's other requests none gets its draw then.
        let number = devices[position].nextArrival
        devices[position].nextArrival += 1
        let arrival = groups[Int(devices[position].group)].arrivals.arrival(
            number,
            stream: streams[device],
            after: previous
        )
        guard let arrival else { return }
        let time = max(arrival, earliest)
        guard time < issueEnd else { return }
        actions.append(.schedule(DeviceTimer(.issue, device: device), at: time))
    }

    mutating func issue(device: UInt32, intended: SimulationTime, at time: SimulationTime) {
        // It was scheduled before issuing was stopped.
        guard issues(at: intended) else { return }
        let position = index(device)
        let groupIndex = Int(devices[position].group)
        let sequence = devices[position].nextSequence
        devices[position].nextSequence += 1
        if groups[groupIndex].arrivals.closedConcurrency == nil {
            scheduleArrival(of: device, after: intended)
        }
        var record = RequestRecord(device: device, sequence: sequence, issued: intended)
        record.sample = sample(device: device, sequence: sequence)
        let handle = requests.insert(record, group: UInt16(groupIndex))
        if let timeout = groups[groupIndex].specification.timeout {
            let timer = DeviceTimer(.giveUp, device: device, handle: handle, sequence: sequence)
            actions.append(.schedule(timer, at: intended + timeout))
        }
        if !devices[position].isComputing {
            startCompute(handle, at: time)
        } else if Int(devices[position].queueLength) < groups[groupIndex].specification.queue {
            enqueue(handle, position: position)
        } else {
            end(handle, .dropped, at: time)
        }
    }

    private func sample(device: UInt32, sequence: UInt32) -> UInt32 {
        guard outcomes.samples > 1 else { return 0 }
        var draw = RandomDraw(
            seed: seed,
            purpose: .sample,
            entity: streams[device],
            request: sequence
        )
        return UInt32(draw.below(UInt64(outcomes.samples)))
    }

    private mutating func enqueue(_ handle: RequestHandle, position: Int) {
        devices[position].queueLength += 1
        requests[handle].previous = devices[position].queueTail
        if devices[position].queueHead == OpenRequests.none {
            devices[position].queueHead = handle
        } else {
            requests[devices[position].queueTail].next = handle
        }
        devices[position].queueTail = handle
    }

    /// Takes a request out of its device's queue, wherever it waits.
    private mutating func dequeue(_ handle: RequestHandle, position: Int) {
        devices[position].queueLength -= 1
        let (previous, next) = (requests[handle].previous, requests[handle].next)
        if previous == OpenRequests.none {
            devices[position].queueHead = next
        } else {
            requests[previous].next = next
        }
        if next == OpenRequests.none {
            devices[position].queueTail = previous
        } else {
            requests[next].previous = previous
        }
    }

    /// Takes the device's next waiting request.
    mutating func startNext(device: UInt32, at time: SimulationTime) {
        let position = index(device)
        let handle = devices[position].queueHead
        guard handle != OpenRequests.none else { return }
        dequeue(handle, position: position)
        startCompute(handle, at: time)
    }

    private mutating func startCompute(_ handle: RequestHandle, at time: SimulationTime) {
        let device = requests[handle].record.device
        let point = choosePoint(for: handle, at: time)
        requests[handle].record.headStart = time
        requests[handle].record.operatingPoint = UInt16(point)
        requests[handle].phase = .computing
        devices[index(device)].isComputing = true
        actions.append(.compute(handle))
    }

    /// Charges what has been spent and not been charged when a request ends, or what is left of it.
    mutating func chargeSpent(_ handle: RequestHandle, until time: SimulationTime) {
        if requests[handle].phase == .computing { chargeCompute(handle, until: time) }
        chargeTransmit(handle, until: time)
    }

    /// Charges what computing adds to the device's idle power, which it draws whatever becomes of the request.
    mutating func chargeCompute(_ handle: RequestHandle, until end: SimulationTime) {
        let power = self[groupOf: handle].specification.hardware.power
        let start = requests[handle].record.headStart
        charge(handle, power.compute - power.idle, from: start, until: end)
    }

    /// Charges the time that the latest attempt was on the uplink.
    mutating func chargeTransmit(_ handle: RequestHandle, until time: SimulationTime) {
        let end = requests[handle].record.uplinkEnd
        guard end != .absent, requests[handle].record.uplinkStart != .absent else { return }
        let watts = self[groupOf: handle].specification.hardware.power.transmit
        charge(handle, watts, from: requests[handle].sendingStart, until: min(end, time))
    }

    /// Watts times nanoseconds are nanojoules; each charge ends at 2^62, 4.6 GJ, and a request's sum at twice that.
    private mutating func charge(
        _ handle: RequestHandle,
        _ watts: Double,
        from start: SimulationTime,
        until end: SimulationTime
    ) {
        let start = max(start, requests[handle].chargedUntil)
        guard watts > 0, end > start else { return }
        let most = Double(Int64(1) << 62)
        let nanojoules = Int64(nearest: min(watts * Double((end - start).nanoseconds), most))
        if requests[handle].isClosed {
            abandonedNanojoules[Int(requests[handle].group)] += Int128(nanojoules)
        } else {
            let sum = requests[handle].record.energyNanojoules.addingReportingOverflow(nanojoules)
            requests[handle].record.energyNanojoules = sum.overflow ? .max : sum.partialValue
        }
    }

    /// The result is on the device.
    mutating func complete(_ handle: RequestHandle, at time: SimulationTime) {
        observeCompletion(handle, at: time)
        guard !requests[handle].isClosed else { return end(handle, .completed, at: time) }
        requests[handle].record.completed = time
        if !outcomes.labels.isEmpty, let prediction = requests[handle].record.prediction {
            let label = outcomes.labels[Int(requests[handle].record.sample)]
            requests[handle].record.isCorrect = prediction == label
        }
        end(handle, .completed, at: time)
    }

    /// The request has left every resource: closes its record if that is still to do.
    mutating func end(_ handle: RequestHandle, _ state: RequestState, at time: SimulationTime) {
        if requests[handle].isClosed {
            chargeSpent(handle, until: time)
        } else {
            close(handle, state, at: time)
        }
        requests.remove(handle)
    }

    /// The client gives up: the record closes, a copy may go on using links and servers.
    mutating func giveUp(_ timer: DeviceTimer, at time: SimulationTime) {
        let phase = requests[timer.handle].phase
        guard phase != .free, !requests[timer.handle].isClosed,
            requests[timer.handle].record.device == timer.device,
            requests[timer.handle].record.sequence == timer.sequence
        else { return }
        guard phase == .waiting else { return close(timer.handle, .timedOut, at: time) }
        dequeue(timer.handle, position: index(timer.device))
        end(timer.handle, .timedOut, at: time)
    }

    /// Hands the record out, with what the device has spent by then; in a closed loop the next request follows.
    mutating func close(_ handle: RequestHandle, _ state: RequestState, at time: SimulationTime) {
        chargeSpent(handle, until: time)
        requests[handle].record.state = state
        requests[handle].isClosed = true
        let isOnSharedLink =
            requests[handle].phase == .away && requests[handle].record.uplinkEnd == .absent
        // Of a shared link the device learns with the reply, and is charged then.
        if !isOnSharedLink { requests[handle].chargedUntil = time }
        ended.append(requests[handle].record)
        // A link names what it will do; for a request that ends before, it has not happened.
        let latest = ended.count - 1
        if requests[handle].record.uplinkStart > time { ended[latest].uplinkStart = .absent }
        if requests[handle].record.uplinkEnd > time { ended[latest].uplinkEnd = .absent }
        if self[groupOf: handle].arrivals.closedConcurrency != nil {
            let (device, issued) = (requests[handle].record.device, requests[handle].record.issued)
            scheduleArrival(of: device, after: time, notBefore: issued + Self.shortestCycle)
        }
    }
}
