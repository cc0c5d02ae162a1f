package import Scenario
package import SimulationCore

/// How long every stage of a scenario takes, as drawn under the virtual clock.
package struct ServiceTimes: Sendable {
    struct DevicePoint: Sendable {
        var head = StageDuration.none
        var encode = StageDuration.none
    }

    struct Edge: Sendable {
        /// By operating point, of a batch's first request.
        var decode: [StageDuration]
        /// By operating point, of the others.
        var laterDecode: [StageDuration]
        var tail: Tail
    }

    enum Tail: Sendable {
        /// By entry into the network.
        case measured([BatchCurve])
        case synthetic(DurationDistribution)
    }

    /// By device group, then operating point.
    var devices: [[DevicePoint]]
    /// By edge group.
    var edges: [Edge]
    var streams = DeviceStreams()
    /// How many devices share a processor; nil where each has its own.
    private(set) var devicesPerProcessor: Int?

    /// The times of synthetic work: constant, exponential, …, whatever the hardware.
    package init(synthetic work: SyntheticWorkload, scenario: Scenario) {
        let point = DevicePoint(head: .synthetic(work.device))
        devices = Array(repeating: [point], count: scenario.devices.count)
        let edge = Edge(decode: [.none], laterDecode: [.none], tail: .synthetic(work.edge))
        edges = Array(repeating: edge, count: scenario.edges.count)
        streams = DeviceStreams(scenario.devices)
    }

    /// The times that a profile implies.
    ///
    /// - Parameters:
    ///   - profile: of the devices, and of edge groups without one of their own.
    ///   - edgeProfiles: by edge group; nil where `profile` serves.
    ///   - scenario: names the stages that are needed, and the hardware that scales them.
    /// - Throws: `MissingMeasurements`, naming everything that the scenario needs and no profile has.
    package init(
        profile: ServiceProfile,
        edgeProfiles: [ServiceProfile?],
        scenario: Scenario
    ) throws(MissingMeasurements) {
        precondition(edgeProfiles.count == scenario.edges.count, "one profile or nil an edge group")
        streams = DeviceStreams(scenario.devices)
        devicesPerProcessor = profile.devicesPerProcessor
        var lookup = ProfileLookup()
        let points = scenario.operatingPoints
        devices = scenario.devices.map { group in
            points.indices.map { index in
                guard group.policy.operatingPoints.contains(index) else { return DevicePoint() }
                return lookup.device(points[index], profile, group.hardware.factors)
            }
        }
        let reachable = scenario.reachablePoints
        let entries = NetworkEntries(points: points)
        edges = zip(scenario.edges, edgeProfiles).map { group, own in
            let profile = own ?? profile
            // A profile of its own is measured on that hardware and is not scaled.
            let factors = own == nil ? group.hardware.factors : .unscaled
            let decode = points.indices.map { index in
                reachable.contains(index) && points[index].isOffloaded
                    ? lookup.stage(.decode, points[index].codecKey, profile, factors.coding)
                    : .none
            }
            let laterDecode = points.indices.map { index in
                lookup.laterDecode(points[index], profile, factors.coding) ?? decode[index]
            }
            let used = Set(
                reachable.filter { points[$0].isOffloaded }.map { entries.entryOfPoint[$0] }
            )
            let curves = entries.keys.indices.map { entry in
                used.contains(entry)
                    ? lookup.curve(
                        entries.keys[entry],
                        upTo: group.batch.max,
                        profile,
                        factors.inference
                    ) : .empty
            }
            return Edge(decode: decode, laterDecode: laterDecode, tail: .measured(curves))
        }
        guard lookup.missing.isEmpty else { throw MissingMeasurements(wanted: lookup.missing) }
    }

    // MARK: Drawing

    /// The moment with its choice, drawn for the batch whose first request is given.
    package func choosing(
        _ moment: HostMoment,
        edgeGroup: Int,
        first: EdgeTask
    ) -> HostMoment {
        guard case .measured = edges[edgeGroup].tail else { return moment }
        var draw = draw(for: first, seed: moment.seed, attempt: 3)
        var moment = moment
        moment.choice = draw.unit()
        return moment
    }

    /// The device's two stages for a request; `moment` is that of its processor, nil if that is its own.
    package func deviceStages(
        group: Int,
        operatingPoint: Int,
        seed: UInt64,
        device: UInt32,
        sequence: UInt32,
        at moment: HostMoment? = nil
    ) -> (head: SimulationDuration, encode: SimulationDuration) {
        let point = devices[group][operatingPoint]
        var moment = moment
        if moment != nil {
            var choice = RandomDraw(
                seed: seed,
                purpose: .deviceStage,
                entity: streams[device],
                request: sequence,
                attempt: 2
            )
            moment?.choice = choice.unit()
        }
        var head = RandomDraw(
            seed: seed,
            purpose: .deviceStage,
            entity: streams[device],
            request: sequence,
            attempt: 0
        )
        var encode = RandomDraw(
            seed: seed,
            purpose: .deviceStage,
            entity: streams[device],
            request: sequence,
            attempt: 1
        )
        return (point.head.draw(&head, at: moment), point.encode.draw(&encode, at: moment))
    }

    /// What a batch's service takes for decoding one of its requests.
    package func decode(
        edgeGroup: Int,
        _ task: EdgeTask,
        isFirst: Bool,
        at moment: HostMoment
    ) -> SimulationDuration {
        var draw = draw(for: task, seed: moment.seed, attempt: 1)
        let point = Int(task.operatingPoint)
        return isFirst
            ? edges[edgeGroup].decode[point].draw(&draw, at: moment)
            : edges[edgeGroup].laterDecode[point].draw(&draw, at: moment)
    }

    /// Of a request's service: attempt 0 is the tail's, 1 decoding's, 2 that of a replay without its own times
    /// (`RecordedTimes`), 3 the choice among a moment's samples.
    private func draw(for task: EdgeTask, seed: UInt64, attempt: UInt32) -> RandomDraw {
        RandomDraw(
            seed: seed,
            purpose: .service,
            entity: streams[task.device],
            request: task.sequence,
            attempt: attempt
        )
    }

    /// What a batch's service takes beside decoding; the draw is keyed by its first request, but for samples in
    /// order, which `moment` picks.
    package func tail(
        edgeGroup: Int,
        entry: Int,
        first: EdgeTask,
        batch: Int,
        busySlots: Int,
        at moment: HostMoment
    ) -> SimulationDuration {
        var draw = draw(for: first, seed: moment.seed, attempt: 0)
        switch edges[edgeGroup].tail {
        case .synthetic(let distribution): return distribution.draw(&draw)
        case .measured(let curves):
            return curves[entry].duration(
                batch: batch,
                busySlots: busySlots,
                quantile: draw.positiveUnit(),
                at: moment
            )
        }
    }
}
