import SimulationCore

extension StatisticsSummary {
    /// - Parameters:
    ///   - sequence: the latencies in the order in which requests ended.
    ///   - statistics: of the same requests.
    ///   - confidence: of the intervals.
    init(_ sequence: LatencySequence, _ statistics: RequestStatistics, confidence: Double) {
        let batches = sequence.batches
        let truncation = sequence.warmUp.truncation
        let percents = [50.0, 90, 95, 99]
        let halfWidths = batches.percentileHalfWidths(percents, confidence: confidence)
        let intervals = zip(statistics.latency.percentiles(percents), halfWidths).map {
            IntervalSummary(value: $0.map { Double($0) }, halfWidth: $1)
        }
        self.confidence = confidence
        self.batches = batches.count
        batchRequests = batches.batchSize
        warmUp = WarmUpSummary(
            requests: truncation?.values,
            time: truncation?.time.nanoseconds,
            mean: truncation?.mean
        )
        mean = IntervalSummary(
            value: statistics.latency.mean,
            halfWidth: batches.meanHalfWidth(confidence: confidence)
        )
        p50 = intervals[0]
        p90 = intervals[1]
        p95 = intervals[2]
        p99 = intervals[3]
        earlyStopping = EarlyStoppingSummary(statistics)
    }
}

extension EarlyStoppingSummary {
    fileprivate init(_ statistics: RequestStatistics) {
        p90 = EarlyStoppingFigures(statistics, percentile: 0.90)
        p95 = EarlyStoppingFigures(statistics, percentile: 0.95)
        p99 = EarlyStoppingFigures(statistics, percentile: 0.99)
    }
}

extension EarlyStoppingFigures {
    fileprivate init(_ statistics: RequestStatistics, percentile: Double) {
        let rule = EarlyStopping(percentile: percentile)
        let issued = statistics.issued
        // What did not complete took longer than any bound.
        let lost = issued - Int(statistics.latency.count)
        estimate = rule.rankFromTop(of: issued).flatMap {
            statistics.latency.value(rank: issued - $0 + 1)
        }
        guard statistics.withDeadline > 0 else {
            neededRequests = rule.neededQueries(over: lost + 1)
            met = issued >= neededRequests
            return
        }
        let over = statistics.withDeadline - statistics.inTime
        overDeadline = over
        neededRequests = rule.neededQueries(over: over)
        met = statistics.withDeadline >= neededRequests
    }
}
