import Scenario
package import SimulationCore

/// Durations that another run measured, which a simulation takes before it draws from a profile.
///
/// A request gets the durations that it had in that run if it has the same operating point, a batch
/// the span of the batch that its first request was in if it has the same size. Otherwise one is drawn
/// from all of the same kind: device group and operating point, or edge group, entry into the network
/// and batch size.
package struct RecordedTimes: Sendable {
    package struct DeviceStages: Sendable, Equatable {
        package var operatingPoint: Int
        package var head: SimulationDuration
        package var encode: SimulationDuration

        package init(operatingPoint: Int, head: SimulationDuration, encode: SimulationDuration) {
            (self.operatingPoint, self.head, self.encode) = (operatingPoint, head, encode)
        }
    }

    package struct Batch: Sendable, Hashable {
        package var edgeGroup: Int
        package var entry: Int
        package var size: Int
        package var span: SimulationDuration

        package init(edgeGroup: Int, entry: Int, size: Int, span: SimulationDuration) {
            (self.edgeGroup, self.entry) = (edgeGroup, entry)
            (self.size, self.span) = (size, span)
        }
    }

    /// How often each source gave a duration.
    package struct Counts: Sendable, Equatable {
        package var replayed = 0
        package var resampled = 0
        /// The recording had none of the kind.
        package var missing = 0

        package init(replayed: Int = 0, resampled: Int = 0, missing: Int = 0) {
            (self.replayed, self.resampled, self.missing) = (replayed, resampled, missing)
        }
    }

    private struct DeviceKind: Hashable {
        let group: Int
        let operatingPoint: Int
    }

    private struct BatchKind: Hashable {
        let edgeGroup: Int
        let entry: Int
        let size: Int
    }

    /// Of batches that started together on several slots of a replica those of other spans are told apart.
    private struct BatchKey: Hashable {
        let replica: Int
        let start: SimulationTime
        let batch: Batch
    }

    private struct RequestKey: Hashable {
        let device: UInt32
        let sequence: UInt32
    }

    /// Set apart from the draws that a profile's stages make.
    private static let attempt: UInt32 = 2

    private var deviceStages: [RequestKey: DeviceStages] = [:]
    private var batches: [RequestKey: Batch] = [:]
    private var knownBatches: Set<BatchKey> = []
    private var deviceKinds: [DeviceKind: [DeviceStages]] = [:]
    private var batchKinds: [BatchKind: [SimulationDuration]] = [:]
    package private(set) var counts = Counts()

    package init() {}

    /// Adds what a device took for a request.
    package mutating func add(
        _ stages: DeviceStages,
        device: UInt32,
        group: Int,
        sequence: UInt32
    ) {
        deviceStages[RequestKey(device: device, sequence: sequence)] = stages
        let kind = DeviceKind(group: group, operatingPoint: stages.operatingPoint)
        deviceKinds[kind, default: []].append(stages)
    }

    /// Adds the batch that a request was in.
    ///
    /// - Parameters:
    ///   - batch: Its size and span; a batch counts once, however many of its requests are added.
    ///   - replica: Which served it.
    ///   - start: When it started.
    ///   - device: The request's.
    ///   - sequence: The request's.
    package mutating func add(
        _ batch: Batch,
        replica: Int,
        start: SimulationTime,
        device: UInt32,
        sequence: UInt32
    ) {
        batches[RequestKey(device: device, sequence: sequence)] = batch
        let key = BatchKey(replica: replica, start: start, batch: batch)
        guard knownBatches.insert(key).inserted else { return }
        let kind = BatchKind(edgeGroup: batch.edgeGroup, entry: batch.entry, size: batch.size)
        batchKinds[kind, default: []].append(batch.span)
    }

    /// A device's two stages for a request; nil if the recording has none of the kind.
    mutating func deviceStages(
        group: Int,
        operatingPoint: Int,
        seed: UInt64,
        device: UInt32,
        sequence: UInt32
    ) -> (head: SimulationDuration, encode: SimulationDuration)? {
        let own = deviceStages[RequestKey(device: device, sequence: sequence)]
        if let own, own.operatingPoint == operatingPoint {
            counts.replayed += 1
            return (own.head, own.encode)
        }
        let kind = DeviceKind(group: group, operatingPoint: operatingPoint)
        let draw = RandomDraw(
            seed: seed,
            purpose: .deviceStage,
            entity: device,
            request: sequence,
            attempt: Self.attempt
        )
        return choose(from: deviceKinds[kind], draw).map { ($0.head, $0.encode) }
    }

    /// The span of a batch; nil if the recording has none of the kind.
    mutating func service(
        edgeGroup: Int,
        entry: Int,
        first: EdgeTask,
        batch: Int,
        seed: UInt64
    ) -> SimulationDuration? {
        let key = RequestKey(device: first.device, sequence: first.sequence)
        if let own = batches[key], own.edgeGroup == edgeGroup, own.entry == entry,
            own.size == batch
        {
            counts.replayed += 1
            return own.span
        }
        let kind = BatchKind(edgeGroup: edgeGroup, entry: entry, size: batch)
        let draw = RandomDraw(
            seed: seed,
            purpose: .service,
            entity: key.device,
            request: key.sequence,
            attempt: Self.attempt
        )
        return choose(from: batchKinds[kind], draw)
    }

    private mutating func choose<Value>(from values: [Value]?, _ draw: RandomDraw) -> Value? {
        guard let values else {
            counts.missing += 1
            return nil
        }
        var draw = draw
        counts.resampled += 1
        return values[min(Int(draw.unit() * Double(values.count)), values.count - 1)]
    }
}
