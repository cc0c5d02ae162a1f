import Cluster
import FoundationEssentials
import Inference
import Messaging
import Scenario

/// Computes its share of the outcome table: encodes every sample at every operating point for
/// real and sends the bytes to an edge worker.
final class TableDeviceRole: WorkerRole {
    /// Requests on the way to the edge worker and back.
    private static let window = 32

    private struct Cell {
        let point: Int
        let sample: Int
    }

    private unowned let worker: WorkerProcess
    private var threads: ExecutorThreads<Result<DeviceExecutor, any Error>>?
    private var channel: Channel?
    private var samples: SampleSet?
    private var cells: [Cell] = []
    private var outcomes: [OutcomeTable.Outcome] = []
    private var started = 0
    private var finished = 0

    init(_ worker: WorkerProcess) { self.worker = worker }

    func configure(_ configuration: WireConfiguration) throws {
        let assignment = try JSONDecoder().decode(
            OutcomeAssignment.self,
            from: configuration.attachment
        )
        let scenario = try WorkerScenario.load(configuration)
        guard case .network(let workload) = scenario.workload else { return }
        var plan = try NetworkPlan(workload: workload, points: scenario.operatingPoints)
        try plan.adopt(codecDescriptions: assignment.codecDescriptions.map { [UInt8]($0) })
        let samples = try SampleSet(workload.dataset, input: workload.input)
        // All points of a sample after one another: its image is decoded once.
        cells = assignment.samples(of: samples.count).flatMap { sample in
            assignment.points.map { Cell(point: $0, sample: sample) }
        }
        outcomes = Array(
            repeating: OutcomeTable.Outcome(payloadBytes: 0, prediction: nil, margin: 0),
            count: cells.count
        )
        self.samples = samples
        let socket = try Socket(worker.context, .dealer)
        try socket.connect(configuration.endpoints["edge"] ?? "")
        channel = try worker.loop.attach(socket) { [unowned self] in try receive($0) }
        threads = try ExecutorThreads(count: 1, name: "device", loop: worker.loop) { [plan] _ in
            Result {
                try DeviceExecutor(plan, engine: InferenceEngine(), points: assignment.points)
            }
        }
        try worker.ready()
    }

    func start(epoch: Int64) throws {
        for _ in 0..<Self.window { try startNext() }
        if cells.isEmpty { try worker.report([], isLast: true) }
    }

    /// Only an interrupted run stops it before its report: there is nothing to keep.
    func stop() throws { try worker.report([], isLast: true) }

    private func startNext() throws {
        guard started < cells.count, let samples else { return }
        let index = started
        let cell = cells[index]
        started += 1
        try threads?.submit { executor in
            try executor.get().run(cell.point, pixels: samples.pixels(cell.sample))
        } completion: { [unowned self] result in
            try encoded(index, result.get())
        }
    }

    private func encoded(_ index: Int, _ output: DeviceExecutor.Output) throws {
        outcomes[index].payloadBytes = UInt32(output.payload.count)
        if let prediction = output.prediction {
            return try finish(index, prediction.label, prediction.margin)
        }
        var request = WireInferenceRequest()
        request.request = UInt32(index)
        request.operatingPoint = UInt32(cells[index].point)
        request.sample = UInt32(cells[index].sample)
        try channel?.send([Wire.encode(.inferenceRequest(request)), output.payload])
    }

    private func receive(_ frames: [[UInt8]]) throws {
        guard case .inferenceReply(let reply) = try Wire.decodeData(frames.first ?? []) else {
            return
        }
        guard reply.status == .ok else {
            throw RuntimeError.worker(name: "table-edge", reason: reply.text)
        }
        try finish(Int(reply.request), Int32(reply.prediction), reply.margin)
    }

    private func finish(_ index: Int, _ label: Int32, _ margin: Float) throws {
        outcomes[index].prediction = label
        outcomes[index].margin = margin
        finished += 1
        try startNext()
        if finished.isMultiple(of: 64) {
            try worker.progress(done: UInt64(finished), total: UInt64(cells.count))
        }
        guard finished == cells.count else { return }
        let rows = OutcomeRows.encode(outcomes)
        let part = WorkerProcess.reportBytesBound / OutcomeRows.rowBytes * OutcomeRows.rowBytes
        for start in stride(from: 0, to: rows.count, by: part) {
            let end = min(start + part, rows.count)
            try worker.report(Array(rows[start..<end]), isLast: end == rows.count)
        }
    }
}
