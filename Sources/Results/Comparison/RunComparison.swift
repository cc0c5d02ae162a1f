/// How far two runs of one scenario agree: typically a virtual and a wall run.
package struct RunComparison: Codable, Sendable, Equatable {
    /// A figure of both runs.
    ///
    /// Differences are the second run's minus the first's.
    package struct Row: Codable, Sendable, Equatable {
        /// `total`, or the name of a device group or an edge replica.
        package var scope: String
        /// The figure's path within the scope, such as `latency.p99`.
        package var metric: String
        package var first: Double?
        package var second: Double?
        /// The largest difference at which the runs agree; nil where a figure is only shown.
        package var allowed: Double?

        /// Whether the runs agree; nil where a figure is only shown, or neither run has it.
        package var agrees: Bool? {
            guard let allowed, first != nil || second != nil else { return nil }
            return difference.map { $0.magnitude <= allowed } ?? false
        }

        package var difference: Double? {
            guard let first, let second else { return nil }
            return second - first
        }

        /// The difference over the first run's figure; nil when that is zero.
        package var relativeDifference: Double? {
            guard let first, first != 0, let difference else { return nil }
            return difference / first.magnitude
        }
    }

    /// The runs' folders, which the text calls A and B.
    package var first: String
    package var second: String
    package var firstClock: String
    package var secondClock: String
    /// Whether each run calls itself valid.
    package var bothValid: Bool
    package var tolerance: ComparisonTolerance
    package var rows: [Row]
    /// Nil when one of the runs kept no requests, or their seeds differ.
    package var requests: RequestAgreement?
    /// Why there is no request-by-request comparison; nil when there is one.
    package var requestsReason: String?

    /// Reads two output folders and compares them.
    ///
    /// - Throws: `ResultsError` when a folder is not a finished run's, or the runs are of different scenarios.
    package init(first: OutputFolder, second: OutputFolder) throws(ResultsError) {
        let summaries = (try first.readSummary(), try second.readSummary())
        let replays = (
            try Self.isReplay(summaries.0, of: second), try Self.isReplay(summaries.1, of: first)
        )
        let isReplay = replays.0 || replays.1
        if let difference = Self.obstacle(summaries.0, summaries.1, isReplay: isReplay) {
            throw .incomparable(first: first.path, second: second.path, difference: difference)
        }
        self.first = first.path
        self.second = second.path
        firstClock = summaries.0.clock
        secondClock = summaries.1.clock
        bothValid = summaries.0.validity.valid && summaries.1.validity.valid
        // A run that was fed the other's durations has less to be wrong about.
        tolerance = isReplay ? .replay : .prediction
        rows = Self.rows(summaries.0, summaries.1, tolerance)
        if summaries.0.seed != summaries.1.seed {
            requestsReason =
                "the seeds differ, so requests of the same number are not the same request"
        } else if let reason = try RequestAgreement.obstacle(first, second) {
            requestsReason = reason
        } else {
            requests = try RequestAgreement(first: first, second: second)
        }
    }

    /// Whether both runs are valid, every figure that is judged agrees, and so does every request.
    package var agrees: Bool {
        bothValid && rows.allSatisfy { $0.agrees ?? true } && requests?.agrees ?? true
    }

    private static func isReplay(
        _ virtual: Summary,
        of wall: OutputFolder
    ) throws(ResultsError) -> Bool {
        guard let replay = virtual.replay else { return false }
        return try replay.digest == wall.summaryDigest()
    }

    /// What forbids a comparison; nil when nothing does.
    private static func obstacle(
        _ first: Summary,
        _ second: Summary,
        isReplay: Bool
    ) -> String? {
        guard first.scenario == second.scenario else {
            return "they are runs of different scenarios, '\(first.scenario)' and "
                + "'\(second.scenario)'; compare two runs of one scenario"
        }
        let groups = (first.groups.map(\.shape), second.groups.map(\.shape))
        guard groups.0 == groups.1 else {
            return "their device groups differ (\(groups.0.joined(separator: ", ")) and "
                + "\(groups.1.joined(separator: ", "))); run both from the same scenario file"
        }
        let points = (
            first.traffic.operatingPoints.map(\.name), second.traffic.operatingPoints.map(\.name)
        )
        guard points.0 == points.1 else {
            return "their operating points differ (\(points.0.joined(separator: ", ")) and "
                + "\(points.1.joined(separator: ", "))); run both from the same scenario file"
        }
        let edges = (first.edges.map(\.name), second.edges.map(\.name))
        guard edges.0 == edges.1 else {
            return "their edge servers differ (\(edges.0.joined(separator: ", ")) and "
                + "\(edges.1.joined(separator: ", "))); run both from the same scenario file"
        }
        guard first.duration == second.duration else {
            return "their durations differ (\(Quantity.duration(first.duration)) and "
                + "\(Quantity.duration(second.duration))); run both for the same time"
        }
        guard first.clock == second.clock || first.seed == second.seed else {
            return "their seeds differ (\(first.seed) and \(second.seed)); "
                + "run both with one --seed"
        }
        if isReplay { return nil }
        return foreignProfile(first, second) ?? foreignProfile(second, first)
    }

    /// A virtual run stands for a wall run on the host where its profile was measured, and on no other.
    private static func foreignProfile(_ virtual: Summary, _ wall: Summary) -> String? {
        guard virtual.clock == "virtual", wall.clock == "wall",
            let profile = virtual.profile,
            profile.processor != wall.host.processor
        else { return nil }
        return
            "the virtual run's profile '\(profile.name)' was measured on '\(profile.processor)', the wall "
            + "run took place on '\(wall.host.processor)'; measure a profile here with "
            + "'simcoord profile' and run the scenario with it"
    }
}

extension GroupSummary {
    fileprivate var shape: String { "\(name) × \(devices)" }
}

extension RunComparison.Row {
    private enum Key: String, CodingKey {
        case scope, metric, first, second, allowed, agrees
    }

    /// The verdict is written for other programs, and follows from the rest when it is read.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(scope, forKey: .scope)
        try container.encode(metric, forKey: .metric)
        try container.encodeIfPresent(first, forKey: .first)
        try container.encodeIfPresent(second, forKey: .second)
        try container.encodeIfPresent(allowed, forKey: .allowed)
        try container.encodeIfPresent(agrees, forKey: .agrees)
    }
}

extension RunComparison {
    /// For other programs; ends with a line feed.
    package var json: String { SummaryEncoder.encode(self).json }
}
