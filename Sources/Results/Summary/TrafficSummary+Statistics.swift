import SimulationCore

extension TrafficSummary {
    /// Turns counts and sums into the figures that people ask for.
    ///
    /// - Parameters:
    ///   - statistics: of the requests.
    ///   - sequence: of their latencies.
    ///   - confidence: of the latencies' intervals.
    ///   - proportion: the accuracies' intervals.
    ///   - span: the time over which requests were issued, or until the last one completed if that is longer.
    ///   - isJudged: whether predictions are compared with something.
    ///   - operatingPoints: names in order of their indices.
    ///   - allSamples: what the operating points yield over the data set, by their indices; empty for synthetic work.
    init(
        _ statistics: RequestStatistics,
        _ sequence: LatencySequence,
        confidence: Double,
        proportion: Proportion,
        span: SimulationDuration,
        isJudged: Bool,
        operatingPoints: [String],
        allSamples: [AllSamplesSummary?]
    ) {
        let counts = RequestCounts(statistics)
        let seconds = span.seconds
        requests = counts
        throughput = seconds > 0 ? Double(counts.completed) / seconds : 0
        latency = LatencySummary(statistics.latency)
        self.statistics = StatisticsSummary(sequence, statistics, confidence: confidence)
        deadlineAttainment = ratio(statistics.inTime, statistics.withDeadline)
        goodput = seconds > 0 ? Double(statistics.good) / seconds : 0
        stages = StageBreakdown(statistics.stages)
        accuracy = AccuracySummary(
            completed: ratio(statistics.correct, statistics.judged),
            halfWidth: proportion.halfWidth(of: statistics.correct, in: statistics.judged),
            issued: isJudged ? ratio(statistics.correct, statistics.issued) : nil
        )
        bytes = ByteSummary(
            uplinkPayload: statistics.payloadBytes,
            perRequest: ratio(Int(statistics.completedPayloadBytes), counts.completed)
        )
        let joules = Double(statistics.energyNanojoules) / 1e9
        energy = EnergySummary(
            devices: joules,
            perRequest: counts.issued == 0 ? nil : joules / Double(counts.issued)
        )
        self.operatingPoints = operatingPoints.indices.map { index in
            let point = statistics.points[index]
            return OperatingPointSummary(
                name: operatingPoints[index],
                count: point.count,
                meanBytes: ratio(Int(point.payloadBytes), point.completed),
                accuracy: ratio(point.correct, point.judged),
                halfWidth: proportion.halfWidth(of: point.correct, in: point.judged),
                allSamples: index < allSamples.count ? allSamples[index] : nil
            )
        }
    }
}

extension RequestCounts {
    fileprivate init(_ statistics: RequestStatistics) {
        let states = statistics.states
        issued = statistics.issued
        completed = states[0]
        dropped = states[1]
        lost = states[2]
        timedOut = states[3]
        rejected = states[4]
        failed = states[5]
        unfinished = states[6]
    }
}

extension LatencySummary {
    fileprivate init(_ durations: DurationStatistics) {
        mean = durations.mean
        let percentiles = durations.percentiles([50, 90, 95, 99, 99.9])
        p50 = percentiles[0]
        p90 = percentiles[1]
        p95 = percentiles[2]
        p99 = percentiles[3]
        p999 = percentiles[4]
        max = durations.maximum
    }
}

extension StageBreakdown {
    fileprivate init(_ stages: InlineArray<9, DurationStatistics>) {
        let summaries = stages.indices.map { stage in
            let percentiles = stages[stage].percentiles([50, 90, 99])
            return StageSummary(
                mean: stages[stage].mean,
                p50: percentiles[0],
                p90: percentiles[1],
                p99: percentiles[2]
            )
        }
        deviceWait = summaries[0]
        head = summaries[1]
        encode = summaries[2]
        uplinkQueue = summaries[3]
        uplinkTransmit = summaries[4]
        uplinkPropagate = summaries[5]
        edgeWait = summaries[6]
        service = summaries[7]
        downlink = summaries[8]
    }
}

/// A part over a whole; nil when the whole is zero.
private func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
}
