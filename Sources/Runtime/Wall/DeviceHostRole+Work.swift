import Cluster
import Scenario
import SimulationCore

/// Running a device's share of a request, and releasing it when the device's hardware would.
extension DeviceHostRole {
    func compute(_ handle: RequestHandle, at time: SimulationTime) {
        guard let context, let record = host?.record(of: handle) else { return }
        let point = Int(record.operatingPoint ?? 0)
        if let times = context.serviceTimes {
            return plan(synthetic: handle, record, times, context)
        }
        guard let samples, let executor else { return }
        let sample = Int(record.sample)
        let group = host?.group(of: record.device) ?? 0
        let factors = context.scenario.devices[group].hardware.factors
        do {
            try executor.submit { state in
                try state.get().run(point, pixels: samples.pixels(sample), for: factors)
            } completion: { [unowned self] result in
                switch result {
                case .success(let output): try computed(handle, output)
                case .failure(let error): try failed(handle, error)
                }
            }
        } catch {
            report.fault = report.fault ?? "\(error)"
            host?.computeFailed(handle, at: time)
        }
    }

    /// Synthetic work is held by a timer, for as long as under the virtual clock.
    private func plan(
        synthetic handle: RequestHandle,
        _ record: RequestRecord,
        _ times: ServiceTimes,
        _ context: WallContext
    ) {
        let (head, encode) = times.deviceStages(
            group: host?.group(of: record.device) ?? 0,
            operatingPoint: Int(record.operatingPoint ?? 0),
            seed: context.scenario.seed,
            device: record.device,
            sequence: record.sequence
        )
        let bytes = context.outcomes.outcome(operatingPoint: 0, sample: 0).payloadBytes
        let headEnd = record.headStart + head
        works[handle] = Work(
            payload: [UInt8](repeating: 0, count: Int(bytes)),
            headEnd: headEnd,
            planned: headEnd + encode
        )
        timeline.plan(.computeEnded(handle), at: headEnd + encode)
    }

    private func computed(_ handle: RequestHandle, _ output: DeviceExecutor.Output) throws {
        try timeline.receive { now in
            guard let context, let record = host?.record(of: handle) else { return }
            let group = host?.group(of: record.device) ?? 0
            let factors = context.scenario.devices[group].hardware.factors
            let head = SimulationDuration(nanoseconds: output.headNanoseconds)
            let encode = SimulationDuration(nanoseconds: output.encodeNanoseconds)
            if context.assignment.measures {
                let point = context.scenario.operatingPoints[Int(record.operatingPoint ?? 0)]
                measured(output, point, begun: record.headStart, at: now)
            }
            let headEnd = record.headStart + head.scaled(by: factors.inference)
            let end = headEnd + encode.scaled(by: factors.coding)
            works[handle] = Work(
                payload: output.payload,
                prediction: output.prediction?.label,
                headEnd: headEnd,
                planned: end
            )
            timeline.plan(.computeEnded(handle), at: max(end, now))
        }
    }

    private func measured(
        _ output: DeviceExecutor.Output,
        _ point: OperatingPoint,
        begun: SimulationTime,
        at time: SimulationTime
    ) {
        let moment = ProfileTable.Moment(time: time, idleTime: max(begun - lastBegun, .zero))
        lastBegun = begun
        if let head = point.headKey { table.add(.head, head, at: moment, output.headNanoseconds) }
        if point.isOffloaded {
            table.add(.encode, point.codecKey, at: moment, output.encodeNanoseconds)
        }
    }

    private func failed(_ handle: RequestHandle, _ error: any Error) throws {
        report.fault = report.fault ?? "\(error)"
        try timeline.receive { now in
            host?.computeFailed(handle, at: now)
            try settle(at: now)
        }
    }

    /// Ends the work at its planned time, or when it really was done if that was later.
    func release(_ handle: RequestHandle, at time: SimulationTime, actual: SimulationTime) {
        guard let work = works.removeValue(for: handle), let context,
            let record = host?.record(of: handle)
        else { return }
        report.releases.note(actual - work.planned, stage: work.planned - record.headStart)
        let point = Int(record.operatingPoint ?? 0)
        let isOffloaded = context.isServed[point]
        payloads[handle] = work.payload
        host?.computeEnded(
            handle,
            headEnd: context.hasHead[point] ? (isOffloaded ? min(work.headEnd, time) : time) : nil,
            encodeEnd: isOffloaded ? time : nil,
            payloadBytes: UInt32(work.payload.count),
            prediction: work.prediction
        )
    }
}
