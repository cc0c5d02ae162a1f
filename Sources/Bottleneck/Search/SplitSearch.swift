import Coding
package import Graph
package import ImageCodecs
package import Inference

/// Looks for the split point that suits a budget, without designing a unit for each.
package struct SplitSearch: Sendable {
    package enum Budget: Sendable, Equatable {
        /// The earliest cut whose payload is expected to have at most so many bytes.
        case bytes(Double)
        /// The fewest bytes with at most this share of the network's operations on the device.
        case headShare(Double)
        /// The least device work whose latency is at most so many seconds.
        case latency(Double, LatencyModel)
    }

    /// How long a request takes, without queues.
    package struct LatencyModel: Sendable, Equatable {
        /// Multiply-accumulate operations a second.
        package var deviceRate: Double
        package var serverRate: Double
        /// In bit/s.
        package var uplink: Double
        /// Both ways, in seconds.
        package var roundTrip: Double

        package init(deviceRate: Double, serverRate: Double, uplink: Double, roundTrip: Double) {
            self.deviceRate = deviceRate
            self.serverRate = serverRate
            self.uplink = uplink
            self.roundTrip = roundTrip
        }

        func seconds(_ candidate: SplitCandidate) -> Double {
            Double(candidate.deviceOperations) / deviceRate
                + Double(candidate.point.tail.multiplyAccumulates) / serverRate
                + 8 * candidate.bytes / uplink + roundTrip
        }
    }

    /// Samples that moments and gradients are taken of, half of them to try the transform on.
    private static let samples = 240

    /// Views of an image among them.
    ///
    /// A network is sure of most images as they are: its gradients nearly vanish there, and bytes that were
    /// estimated with them alone were a third of what units need. Of crops it is less sure.
    private static let views = 3

    private let network: Network
    private let input: ImageInput
    private let engine: InferenceEngine
    private let divergence: Double

    /// - Parameters:
    ///   - network: Ends in logits.
    ///   - input: How images become its input.
    ///   - engine: Runs it.
    ///   - divergence: At which rates are estimated, in nats; 0.04 is about a point of accuracy.
    package init(
        network: Network,
        input: ImageInput,
        engine: InferenceEngine,
        divergence: Double
    ) {
        self.network = network
        self.input = input
        self.engine = engine
        self.divergence = divergence
    }

    /// Split points and what they would cost, from the input to the output.
    ///
    /// A tensor that is wider than an earlier one is left out: it is computed from the narrower one,
    /// which is there sooner. Of tensors with equal cost and shape the last stands for all. Tensors that
    /// no unit can be designed for, by their rank or size, are left out.
    ///
    /// - Parameters:
    ///   - images: Some of them are looked at.
    ///   - progress: Told the share that is done, 0...1.
    /// - Returns: At least one candidate.
    /// - Throws: `BottleneckError` when the network has no split point, or an image cannot be read.
    package func candidates(
        on images: ImageSet,
        progress: (Double) -> Void = { _ in }
    ) throws(BottleneckError) -> [SplitCandidate] {
        let all = try BottleneckError.rethrowing { () throws(GraphError) in
            try network.splitPoints()
        }
        let points = Self.undominated(all)
        guard !points.isEmpty else {
            throw BottleneckError(
                "the network",
                "it has no split point that a unit can be designed for",
                remedy: "use a network that simcoord splits lists some of"
            )
        }
        let count = min(images.count, Self.samples / Self.views)
        guard count > 1 else {
            throw BottleneckError(
                images.title,
                "a search needs two images at least",
                remedy: "give more images"
            )
        }
        let halves = (0..<2).map { half in
            images.subset(
                stride(from: half, to: count, by: 2).map { $0 * images.count / count }
            )
        }
        var candidates: [SplitCandidate] = []
        for (index, point) in points.enumerated() {
            progress(Double(index) / Double(points.count))
            var options = SpectralDesign.Options()
            options.fisherSamples = Self.samples
            options.tableSamples = 1
            let design = try SpectralDesign(
                network: network,
                tensor: point.tensor,
                engine: engine,
                options: options
            )
            let samples = halves.map {
                ImageViews($0, input: input, views: Self.views, seed: options.seed).samples
            }
            let estimate = try design.rateEstimate(for: samples[0], others: samples[1])
            candidates.append(
                SplitCandidate(
                    point: point,
                    bytes: estimate.bytes(at: divergence),
                    encoderOperations: design.encoderOperations
                )
            )
        }
        return candidates
    }

    /// The candidate that the budget asks for; nil if none keeps it.
    package static func choice(
        of candidates: [SplitCandidate],
        within budget: Budget
    ) -> SplitCandidate? {
        switch budget {
        case .bytes(let limit): return candidates.first { $0.bytes <= limit }
        case .headShare(let limit):
            return candidates.filter { $0.deviceShare <= limit }.min { $0.bytes < $1.bytes }
        case .latency(let limit, let model):
            return candidates.first { model.seconds($0) <= limit }
        }
    }

    static func undominated(_ points: [SplitPoint]) -> [SplitPoint] {
        var kept: [SplitPoint] = []
        var narrowest = Int.max
        for point in points
        where LatentModel.hasRoom(for: Array(point.type.shape.dropFirst()))
            && point.type.elements <= narrowest
        {
            narrowest = point.type.elements
            if let last = kept.last, last.type.elements == point.type.elements,
                last.head.multiplyAccumulates == point.head.multiplyAccumulates
            {
                // The same numbers in another shape, such as flattened: planes say more about them.
                guard last.type.shape == point.type.shape else { continue }
                kept.removeLast()
            }
            kept.append(point)
        }
        return kept
    }
}

/// A split point with what its unit is expected to cost.
package struct SplitCandidate: Sendable {
    package let point: SplitPoint
    /// Of a payload, by the training-free estimate.
    package let bytes: Double
    /// Multiply-accumulate operations of the unit's encoder.
    package let encoderOperations: Int

    /// Head and encoder.
    package var deviceOperations: Int { point.head.multiplyAccumulates + encoderOperations }

    /// What the device computes, as a share of the uncut network.
    package var deviceShare: Double {
        Double(deviceOperations)
            / Double(point.head.multiplyAccumulates + point.tail.multiplyAccumulates)
    }
}
