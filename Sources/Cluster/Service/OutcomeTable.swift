/// What every reachable (operating point, sample) yields, computed by real inference.
package struct OutcomeTable: Sendable, Equatable {
    package struct Outcome: Sendable, Equatable {
        /// Bytes that cross the uplink.
        package var payloadBytes: UInt32
        /// The class with the largest logit; nil for synthetic work.
        package var prediction: Int32?
        /// The largest logit less the second largest; tells near ties.
        package var margin: Float

        package init(payloadBytes: UInt32, prediction: Int32?, margin: Float) {
            self.payloadBytes = payloadBytes
            self.prediction = prediction
            self.margin = margin
        }
    }

    /// By operating point, then by sample; a point that no policy may choose has no outcomes.
    package var outcomes: [[Outcome]]
    /// The samples' classes; empty for synthetic work.
    package var labels: [Int32]
    /// How many classes the network tells apart; 0 for synthetic work.
    package var classes: Int

    package init(outcomes: [[Outcome]], labels: [Int32], classes: Int) {
        self.outcomes = outcomes
        self.labels = labels
        self.classes = classes
    }

    /// The table of synthetic work: one operating point, one sample, no prediction.
    package init(syntheticPayloadBytes: Int) {
        let outcome = Outcome(
            payloadBytes: UInt32(syntheticPayloadBytes),
            prediction: nil,
            margin: 0
        )
        self.init(outcomes: [[outcome]], labels: [], classes: 0)
    }

    /// How many samples a request may draw from.
    package var samples: Int { max(labels.count, 1) }

    package func outcome(operatingPoint: Int, sample: Int) -> Outcome {
        outcomes[operatingPoint][sample]
    }

    /// What a policy may know of an operating point in advance.
    package func facts(of operatingPoint: Int) -> OperatingPointFacts {
        let row = outcomes[operatingPoint]
        guard !row.isEmpty else { return OperatingPointFacts(meanPayloadBytes: 0, accuracy: 0) }
        let bytes = row.reduce(0.0) { $0 + Double($1.payloadBytes) }
        let correct = zip(row, labels).count { $0.prediction == $1 }
        return OperatingPointFacts(
            meanPayloadBytes: bytes / Double(row.count),
            accuracy: labels.isEmpty ? 0 : Double(correct) / Double(row.count)
        )
    }
}

/// What a device is told of an operating point before the run.
package struct OperatingPointFacts: Sendable, Equatable {
    package var meanPayloadBytes: Double
    /// Fraction of samples classified right.
    package var accuracy: Double

    package init(meanPayloadBytes: Double, accuracy: Double) {
        self.meanPayloadBytes = meanPayloadBytes
        self.accuracy = accuracy
    }
}
