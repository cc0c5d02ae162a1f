import Cluster
import Inference
import Scenario

/// Runs what a profile holds, and collects its durations.
struct ProfileBench {
    private(set) var table = ProfileTable()

    private let plan: NetworkPlan
    private let samples: SampleSet
    private let device: DeviceExecutor
    private let edge: EdgeExecutor
    private let rivals: ProfileRivals
    /// Two where batches are made: the first and a later payload.
    private let decodedAtOnce: Int
    /// By job's operating point: the sample whose turn it is.
    private var turn: [Int]

    /// Reads the samples and compiles heads and tails, tails for every size in `batches`.
    ///
    /// The plan is calibrated; `mostBusy` counts the slots that compute at once, the measured one
    /// included. Throws what reading and compiling throw.
    init(
        _ plan: NetworkPlan,
        engine: InferenceEngine,
        batches: [Int],
        mostBusy: Int
    ) throws {
        let points = Array(plan.points.indices)
        self.plan = plan
        samples = try SampleSet(plan.workload.dataset, input: plan.workload.input)
        device = try DeviceExecutor(plan, engine: engine, points: points)
        edge = try EdgeExecutor(plan, engine: engine, points: points, batchSizes: batches)
        rivals = try ProfileRivals(
            count: mostBusy - 1,
            plan: plan,
            engine: engine,
            points: points,
            batches: batches
        )
        decodedAtOnce = batches.contains(2) ? 2 : 1
        turn = points.map { _ in 0 }
    }

    /// Drops what was collected while caches and clocks were cold.
    mutating func forget() { table = ProfileTable() }

    /// Runs a job on the next samples of the data set and notes what it took.
    mutating func run(_ job: ProfileJob, repetitions: Int) throws {
        switch job {
        case .device(let point):
            for _ in 0..<repetitions { try runDevice(point) }
        case .decode(let point):
            let key = plan.points[point].codecKey
            let batches = try (0..<repetitions).map { _ in try items(point, count: decodedAtOnce) }
            for batch in batches {
                for (index, time) in try edge.run(batch).decodeNanoseconds.enumerated() {
                    table.add(
                        .decode,
                        key,
                        batch: index == 0 ? 1 : ServiceProfile.laterInBatch,
                        time
                    )
                }
            }
        case .tail(let point, let batch, let busySlots):
            let batches = try (0..<repetitions).map { _ in try items(point, count: batch) }
            let times = try rivals.run(busySlots - 1, batches[0]) {
                try batches.map { try edge.run($0).tailNanoseconds }
            }
            for time in times {
                let key = plan.points[point].tailKey
                table.add(.tail, key, batch: batch, busySlots: busySlots, time)
            }
        }
    }

    private mutating func runDevice(_ point: Int) throws {
        let description = plan.points[point]
        let pixels = try nextSample(point)
        let output = try device.run(point, pixels: pixels)
        if let head = description.headKey, isFirst(point, withHead: head) {
            table.add(.head, head, output.headNanoseconds)
        }
        if description.isOffloaded {
            table.add(.encode, description.codecKey, output.encodeNanoseconds)
        }
    }

    /// Whether no operating point before this one has the same head: one is enough to measure it.
    private func isFirst(_ point: Int, withHead head: String) -> Bool {
        plan.points.firstIndex { $0.headKey == head } == point
    }

    private mutating func items(_ point: Int, count: Int) throws -> [EdgeExecutor.Item] {
        try (0..<count).map { _ in
            EdgeExecutor.Item(
                operatingPoint: point,
                payload: try device.run(point, pixels: try nextSample(point)).payload
            )
        }
    }

    private mutating func nextSample(_ point: Int) throws(InvalidInput) -> ArraySlice<UInt8> {
        defer { turn[point] = (turn[point] + 1) % samples.count }
        return try samples.pixels(turn[point])
    }
}
