import Coding
package import Graph
import ImageCodecs
package import Inference

/// Measures bundles beside what one would send without them, all on the same images.
///
///     let run = EvaluationRun(network: network, bundles: [("block14", bundle)], engine: engine)
///     let evaluation = try run.evaluation(on: heldOut, fittedTo: others)
package struct EvaluationRun: Sendable {
    /// A bundle and what tables call it.
    package struct Candidate: Sendable {
        package var name: String
        package var bundle: BottleneckBundle
        /// Size of its file.
        package var bytes: Int

        package init(name: String, bundle: BottleneckBundle, bytes: Int) {
            (self.name, self.bundle, self.bytes) = (name, bundle, bytes)
        }
    }

    private static let huffmanSuffix = ", Huffman"

    /// To so many images ranges, transforms and tables of what is compared with are fitted.
    private static let fittingImages = 300

    private let network: Network
    private let candidates: [Candidate]
    private let engine: InferenceEngine

    /// - Parameters:
    ///   - network: The one that all bundles were made for.
    ///   - candidates: At least one, names differing, all with the same input.
    ///   - engine: Runs the network.
    package init(network: Network, candidates: [Candidate], engine: InferenceEngine) {
        precondition(!candidates.isEmpty, "there is a bundle to evaluate")
        (self.network, self.candidates, self.engine) = (network, candidates, engine)
    }

    private var input: ImageInput { candidates[0].bundle.input }

    /// - Parameters:
    ///   - images: What is measured on.
    ///   - others: What everything but the bundles is fitted to.
    ///   - published: Curves of other networks, to be drawn as well.
    ///   - folds: For a cross-fit: spectral units are designed anew for each of so many parts of
    ///     `images`, on the other parts; nil takes the bundles' own.
    ///   - progress: Told the share that is done, 0...1, on any thread.
    /// - Returns: All curves; the first bundle is the anchor.
    /// - Throws: `BottleneckError` when an image cannot be read or a bundle does not fit the network.
    package func evaluation(
        on images: ImageSet,
        fittedTo others: ImageSet,
        published: [CurveSummary] = [],
        folds: Int? = nil,
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) throws(BottleneckError) -> Evaluation {
        var curves: [RateAccuracyCurve] = []
        var uncutAccuracy: Double?
        let tensors = candidates.map(\.bundle.tensor)
        let cuts = tensors.enumerated().filter { tensors.firstIndex(of: $0.element) == $0.offset }
            .map(\.element)
        for (place, tensor) in cuts.enumerated() {
            let run = try MeasurementRun(
                network: network,
                tensor: tensor,
                input: input,
                engine: engine
            )
            let here = candidates.filter { $0.bundle.tensor == tensor }
            let own = here.filter { folds == nil || $0.bundle.unit.kind != .spectral }
            var methods: [any RateMethod] = []
            for candidate in own { methods += try Self.methods(for: candidate) }
            methods += try baselines(at: tensor, run, others, withImages: place == 0)
            let counter = ProgressCounter(images.count * cuts.count, from: place * images.count)
            let result = try run.measure(methods, on: images) { progress(counter.next()) }
            if let folds {
                for candidate in here where candidate.bundle.unit.kind == .spectral {
                    curves.append(try crossFitted(candidate, run, images, folds: folds))
                }
            }
            curves += Self.joiningReferences(result.curves, at: tensor)
            uncutAccuracy = result.uncutAccuracy
        }
        return Evaluation(
            title: "\(candidates[0].bundle.network.name) on \(images.title)",
            imageNames: images.names,
            uncutAccuracy: uncutAccuracy,
            curves: curves,
            published: published,
            anchor: curves[0].name
        )
    }

    /// A bundle's unit; the published design with its own coder, too.
    private static func methods(
        for candidate: Candidate
    ) throws(BottleneckError) -> [any RateMethod] {
        let unit = candidate.bundle.unit
        let own = try UnitMethod(
            candidate.name,
            kind: CurveKind(unit.kind),
            unit: unit,
            storageBytes: candidate.bytes
        )
        guard unit.kind == .reference else { return [own] }
        let huffman = try UnitMethod(
            candidate.name + huffmanSuffix,
            kind: .reference,
            unit: unit,
            storageBytes: candidate.bytes,
            coder: .huffman
        )
        return [own, huffman]
    }

    /// What one would send without a designed unit.
    private func baselines(
        at tensor: String,
        _ run: MeasurementRun,
        _ others: ImageSet,
        withImages: Bool
    ) throws(BottleneckError) -> [any RateMethod] {
        let count = min(others.count, Self.fittingImages)
        let chosen = others.subset((0..<count).map { $0 * others.count / count })
        let tensors = try run.tensors(of: chosen)
        let transform = try BottleneckUnit.karhunenLoeve(tensors: tensors, shape: run.shape)
        var methods: [any RateMethod] = [
            try UnitMethod(
                "plain KLT at \(tensor)",
                kind: .klt,
                unit: transform,
                storageBytes: transform.encoder.count + transform.decoder.count
                    + transform.latentModel.encodedDescription.count
            ),
            QuantisedTensorMethod(
                "quantised \(tensor)",
                tensors: tensors,
                channels: run.shape.count == 3 ? run.shape[0] : 1
            ),
        ]
        if withImages {
            methods += [
                ImageCodecMethod(.jpeg, input: input), ImageCodecMethod(.webp, input: input),
            ]
        }
        return methods
    }
}

extension EvaluationRun {
    /// One curve out of units of the published design, of which there is one for each rate.
    private static func joiningReferences(
        _ curves: [RateAccuracyCurve],
        at tensor: String
    ) -> [RateAccuracyCurve] {
        var joined = curves.filter { $0.kind != .reference }
        for suffix in ["", huffmanSuffix] {
            let units = curves.filter {
                $0.kind == .reference && $0.name.hasSuffix(huffmanSuffix) == !suffix.isEmpty
            }
            guard !units.isEmpty else { continue }
            let points = units.flatMap { unit in
                unit.points.map { RatePoint("\(unit.name) \($0.name)", $0.measurements) }
            }
            joined.append(
                RateAccuracyCurve(
                    "reference design at \(tensor)" + suffix,
                    kind: .reference,
                    cost: CurveCost(
                        encoderMultiplyAccumulates: units.compactMap(
                            \.cost.encoderMultiplyAccumulates
                        ).max(),
                        parameters: units.compactMap(\.cost.parameters).reduce(0, +),
                        storageBytes: units.compactMap(\.cost.storageBytes).reduce(0, +)
                    ),
                    points: points.sorted { $0.totalBytes < $1.totalBytes }
                )
            )
        }
        return joined
    }

    /// The curve of a spectral unit that is designed without the images that it is measured on.
    private func crossFitted(
        _ candidate: Candidate,
        _ run: MeasurementRun,
        _ images: ImageSet,
        folds: Int
    ) throws(BottleneckError) -> RateAccuracyCurve {
        let bundle = candidate.bundle
        var options = UnitDesign.Options()
        options.seed = bundle.design.seed
        let design = try UnitDesign(
            network: network,
            reference: bundle.network,
            tensor: bundle.tensor,
            input: input,
            engine: engine,
            options: options
        )
        let split = CrossFit(imageCount: images.count, foldCount: folds, seed: options.seed)
        var curves: [RateAccuracyCurve] = []
        for fold in split.folds.indices {
            let unit = try design.bundles(
                images: images.subset(split.designImages(without: fold)),
                heldOut: nil
            )[0].unit
            let method = try UnitMethod(
                "\(candidate.name), \(folds)-fold",
                kind: .ours,
                unit: unit,
                storageBytes: candidate.bytes
            )
            curves += try run.measure([method], on: images.subset(split.folds[fold])).curves
        }
        return RateAccuracyCurve(
            curves[0].name,
            kind: .ours,
            cost: curves[0].cost,
            points: curves[0].points.enumerated().map { index, point in
                RatePoint(point.name, split.joined(curves.map { $0.points[index].measurements }))
            }
        )
    }
}

extension CurveKind {
    fileprivate init(_ kind: BottleneckUnit.Kind) {
        switch kind {
        case .spectral, .external: self = .ours
        case .convolutional: self = .convolutional
        case .reference: self = .reference
        }
    }
}

extension RatePoint {
    fileprivate var totalBytes: Int { measurements.reduce(0) { $0 + $1.payloadBytes } }
}
