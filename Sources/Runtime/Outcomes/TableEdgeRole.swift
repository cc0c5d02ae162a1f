import Cluster
import FoundationEssentials
import Inference
import Messaging
import Scenario

/// The edge server's side of the outcome table: decodes what arrives and runs the tail, one
/// request at a time.
final class TableEdgeRole: WorkerRole {
    private unowned let worker: WorkerProcess
    private var threads: ExecutorThreads<Result<EdgeExecutor, any Error>>?
    private var channel: Channel?
    /// What is served.
    private var points: [Int] = []

    init(_ worker: WorkerProcess) { self.worker = worker }

    func configure(_ configuration: WireConfiguration) throws {
        let assignment = try JSONDecoder().decode(
            OutcomeAssignment.self,
            from: configuration.attachment
        )
        points = assignment.points
        let scenario = try WorkerScenario.load(configuration)
        guard case .network(let workload) = scenario.workload else { return }
        var plan = try NetworkPlan(workload: workload, points: scenario.operatingPoints)
        try plan.adopt(codecDescriptions: assignment.codecDescriptions.map { [UInt8]($0) })
        threads = try ExecutorThreads(count: 1, name: "edge", loop: worker.loop) { [plan] _ in
            Result {
                try EdgeExecutor(
                    plan,
                    engine: InferenceEngine(),
                    points: assignment.points,
                    batchSizes: [1]
                )
            }
        }
        let socket = try Socket(worker.context, .router)
        let endpoint = try socket.bind("tcp://127.0.0.1:*")
        channel = try worker.loop.attach(socket) { [unowned self] in try receive($0) }
        try worker.ready(endpoints: ["edge": endpoint])
    }

    func start(epoch: Int64) throws {}

    func stop() throws { try worker.report([], isLast: true) }

    private func receive(_ frames: [[UInt8]]) throws {
        // Any program on this host may connect.
        guard frames.count == 3,
            case .inferenceRequest(let request)? = try? Wire.decodeData(frames[1]),
            points.contains(Int(request.operatingPoint))
        else { return }
        let peer = frames[0]
        let item = EdgeExecutor.Item(
            operatingPoint: Int(request.operatingPoint),
            payload: frames[2]
        )
        try threads?.submit { executor in
            try executor.get().run([item]).results[0].get()
        } completion: { [unowned self] result in
            try reply(to: peer, request, result)
        }
    }

    private func reply(
        to peer: [UInt8],
        _ request: WireInferenceRequest,
        _ result: Result<[Float], any Error>
    ) throws {
        var reply = WireInferenceReply()
        reply.request = request.request
        var payload: [UInt8] = []
        switch result {
        case .success(let logits):
            let prediction = Prediction(logits: logits)
            reply.status = .ok
            reply.prediction = UInt32(prediction.label)
            reply.margin = prediction.margin
            payload = Wire.bytes(of: logits)
        case .failure(let error):
            reply.status = .failed
            reply.text = "\(error)"
        }
        try channel?.send([peer, Wire.encode(.inferenceReply(reply)), payload])
    }
}
