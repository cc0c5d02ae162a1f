package import Graph
package import ImageCodecs
package import Inference

/// Sends images through a network that is cut, in every way and at every rate, and compares what comes
/// out with the uncut network.
package struct MeasurementRun: Sendable {
    private let network: Network
    private let tail: Network
    private let tensor: String
    private let input: ImageInput
    private let engine: InferenceEngine
    /// Of the cut tensor for one sample: [C, H, W] or [C].
    package let shape: [Int]

    /// - Parameters:
    ///   - network: Ends in logits.
    ///   - tensor: Where it is cut.
    ///   - input: How images become its input.
    ///   - engine: Runs it.
    /// - Throws: `BottleneckError` when the network does not end in logits, or the tensor is no split
    ///   point.
    package init(
        network: Network,
        tensor: String,
        input: ImageInput,
        engine: InferenceEngine
    ) throws(BottleneckError) {
        try network.requireLogits()
        (tail, shape) = try BottleneckError.rethrowing { () throws(GraphError) in
            let tail = try network.cut(at: tensor).tail
            return (tail, Array(try tail.inputType(batch: 1).shape.dropFirst()))
        }
        self.network = network
        self.tensor = tensor
        self.input = input
        self.engine = engine
    }

    /// What all methods did to all images.
    package struct Result: Sendable {
        /// Of each method, in their order.
        package var curves: [RateAccuracyCurve]
        /// Share of images that the uncut network classifies rightly; nil without labels.
        package var uncutAccuracy: Double?
    }

    /// - Parameters:
    ///   - methods: At least one.
    ///   - images: What to send.
    ///   - progress: Told after every image, on any thread.
    /// - Returns: A curve for each method.
    /// - Throws: `BottleneckError` when an image cannot be read, a part of the network not be run, or the
    ///   network computes numbers that are not finite.
    package func measure(
        _ methods: [any RateMethod],
        on images: ImageSet,
        progress: @escaping @Sendable () -> Void = {}
    ) throws(BottleneckError) -> Result {
        let parts = try Shards.map(samples: images.count) { range throws(BottleneckError) in
            var worker = try Worker(self, methods)
            var rows: [Row] = []
            for index in range {
                rows.append(
                    try worker.measure(
                        images.view(index, input),
                        label: images.labels?[index]
                    )
                )
                progress()
            }
            return rows
        }
        let rows = parts.flatMap(\.self)
        return Result(
            curves: methods.enumerated().map { place, method in
                RateAccuracyCurve(
                    method.name,
                    kind: method.kind,
                    cost: method.cost,
                    points: method.points.enumerated().map { point, name in
                        RatePoint(name, rows.map { $0.measurements[place][point] })
                    }
                )
            },
            uncutAccuracy: images.labels.map { _ in
                Double(rows.count { $0.isUncutCorrect == true }) / Double(rows.count)
            }
        )
    }

    /// The cut tensors of images.
    ///
    /// - Throws: `BottleneckError` as above.
    package func tensors(of images: ImageSet) throws(BottleneckError) -> [[Float]] {
        try Shards.map(samples: images.count) { range throws(BottleneckError) in
            var worker = try Worker(self, [])
            var tensors: [[Float]] = []
            for index in range { tensors.append(try worker.tensor(images.view(index, input))) }
            return tensors
        }.flatMap(\.self)
    }

    private struct Row: Sendable {
        /// [method][point].
        var measurements: [[Measurement]]
        var isUncutCorrect: Bool?
    }

    /// What one thread needs.
    private struct Worker {
        private let input: ImageInput
        private let methods: [any RateMethod]
        private let sessions: [any RateSession]
        /// The whole network, which also gives out the cut tensor.
        private let network: CompiledNetwork
        /// For each method, what takes all its points at once.
        private let servers: [CompiledNetwork]

        init(_ run: MeasurementRun, _ methods: [any RateMethod]) throws(BottleneckError) {
            input = run.input
            self.methods = methods
            var model = run.network.model
            var cut = OnnxValueInfoProto()
            cut.name = run.tensor
            cut.type.tensorType.elemType = Int32(OnnxTensorProto.DataType.float.rawValue)
            model.graph.output.append(cut)
            network = try run.engine.compile(model, name: "the network", batch: 1)
            var sessions: [any RateSession] = []
            var servers: [CompiledNetwork] = []
            for method in methods {
                sessions.append(try method.session(run.engine))
                let part = method.entry == .image ? run.network : run.tail
                servers.append(
                    try run.engine.compile(
                        part.model,
                        name: "the server's part",
                        batch: method.points.count
                    )
                )
            }
            self.sessions = sessions
            self.servers = servers
        }

        /// Runs the uncut network, and returns the tensor at the cut.
        mutating func tensor(_ image: PixelImage) throws(BottleneckError) -> [Float] {
            network.withInput(0) { input.write(image.samples, to: $0) }
            try infer(network)
            let tensor = network.withOutput(1) { Array($0) }
            guard tensor.allSatisfy(\.isFinite) else {
                throw BottleneckError(
                    "the network",
                    "it computes numbers that are not finite at the cut",
                    remedy: "check the network's file, and how images become its input"
                )
            }
            return tensor
        }

        mutating func measure(
            _ image: PixelImage,
            label: Int?
        ) throws(BottleneckError) -> Row {
            let tensor = try tensor(image)
            let uncut = network.withOutput(0) { ClassProbabilities(logits: $0) }
            var measurements: [[Measurement]] = []
            for (place, session) in sessions.enumerated() {
                try session.load(image, tensor: tensor)
                let server = servers[place]
                let count = methods[place].points.count
                let bytes = try server.withInput(0) { input throws(BottleneckError) in
                    let size = input.count / count
                    var bytes: [Int] = []
                    for point in 0..<count {
                        let part = UnsafeMutableBufferPointer(
                            rebasing: input[point * size..<(point + 1) * size]
                        )
                        bytes.append(try session.transmit(point: point, to: part))
                    }
                    return bytes
                }
                try infer(server)
                measurements.append(
                    try server.withOutput(0) { logits throws(BottleneckError) in
                        let classes = logits.count / count
                        var row: [Measurement] = []
                        for point in 0..<count {
                            let part = logits[point * classes..<(point + 1) * classes]
                            let cut = ClassProbabilities(logits: part)
                            row.append(
                                Measurement(
                                    payloadBytes: bytes[point],
                                    divergence: try divergence(
                                        of: cut,
                                        from: uncut,
                                        at: point,
                                        of: methods[place]
                                    ),
                                    agrees: uncut.best == cut.best,
                                    isCorrect: label.map { $0 == cut.best }
                                )
                            )
                        }
                        return row
                    }
                )
            }
            return Row(
                measurements: measurements,
                isUncutCorrect: label.map { $0 == uncut.best }
            )
        }

        private func divergence(
            of cut: ClassProbabilities,
            from uncut: ClassProbabilities,
            at point: Int,
            of method: any RateMethod
        ) throws(BottleneckError) -> Double {
            let divergence = uncut.divergence(of: cut)
            guard divergence.isFinite else {
                throw BottleneckError(
                    "\(method.name), \(method.points[point])",
                    "the network's logits are not finite on what it restores",
                    remedy: "check the unit's decoder and the network, or leave the unit out"
                )
            }
            return divergence
        }

        private func infer(_ network: CompiledNetwork) throws(BottleneckError) {
            do throws(InferenceError) {
                try network.infer()
            } catch {
                throw BottleneckError(error)
            }
        }
    }
}
