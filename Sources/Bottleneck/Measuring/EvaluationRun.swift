import Coding
package import Graph
import ImageCodecs
package import Inference

/// Measures bundles beside what one would send without them, all on the same images.
///
///     let run = EvaluationRun(network: network, candidates: candidates, engine: engine)
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

        /// What to know of the unit's figures on some images of a set; nil where the design had none of
        /// them.
        package func note(on places: [Int], of set: ImageSet) -> String? {
            let count = bundle.design.designImages(among: places, of: set)
            guard count > 0 else { return nil }
            let advice = bundle.design.heldOut(of: set).map {
                ", and --hold-out \($0) measures on the others"
            }
            return "\(count) of these \(places.count) images may have been used to design \(name): "
                + "new images may do worse" + (advice ?? "")
        }
    }

    private static let huffmanSuffix = ", Huffman"

    /// To so many images ranges, transforms and tables of what is compared with are fitted.
    private static let mostFittingImages = 300

    private let network: Network
    private let candidates: [Candidate]
    private let engine: InferenceEngine

    /// - Parameters:
    ///   - network: The one that all bundles were made for.
    ///   - candidates: At least one, all with the same input.
    ///   - engine: Runs the network.
    package init(network: Network, candidates: [Candidate], engine: InferenceEngine) {
        precondition(!candidates.isEmpty, "there is a bundle to evaluate")
        (self.network, self.candidates, self.engine) = (network, candidates, engine)
    }

    private var input: ImageInput { candidates[0].bundle.input }

    /// The tensors of all bundles, each once, in the bundles' order.
    private var cuts: [String] {
        let tensors = candidates.map(\.bundle.tensor)
        return tensors.enumerated().filter { tensors.firstIndex(of: $0.element) == $0.offset }
            .map(\.element)
    }

    /// - Parameters:
    ///   - images: What is measured on.
    ///   - others: What everything but the bundles is fitted to.
    ///   - published: Curves of other networks, to be drawn as well.
    ///   - folds: For a cross-fit: spectral units are designed anew for each of so many parts of
    ///     `images`, on the other parts; nil takes the bundles' own.
    ///   - progress: Told the share that is done, 0...1, on any thread.
    /// - Returns: All curves, the first bundle's being the anchor, and what to know of the baselines.
    /// - Throws: `BottleneckError` when two curves would have the same name, an image cannot be read, a
    ///   bundle does not fit the network, or its parts do not fit each other.
    package func evaluation(
        on images: ImageSet,
        fittedTo others: ImageSet,
        published: [CurveSummary] = [],
        folds: Int? = nil,
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) throws(BottleneckError) -> Evaluation {
        try checkNames(folds: folds)
        for candidate in candidates { try candidate.checkParts(network) }
        let fitting = Self.fittingImages(among: others)
        var notes = Self.fittingNotes(on: images, fittedTo: fitting)
        var curves: [RateAccuracyCurve] = []
        var uncutAccuracy: Double?
        let cuts = cuts
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
            methods += try baselines(at: tensor, run, fitting, withImages: place == 0)
            notes += Self.transformNotes(at: tensor, run.shape)
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
        var evaluation = Evaluation(
            title: "\(candidates[0].bundle.network.name) on \(images.title)",
            imageNames: images.names,
            uncutAccuracy: uncutAccuracy,
            curves: curves,
            published: published,
            anchor: curveName(of: candidates[0], folds: folds)
        )
        evaluation.notes = notes
        return evaluation
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

    /// What one would send without a designed unit, fitted to some images.
    private func baselines(
        at tensor: String,
        _ run: MeasurementRun,
        _ fitting: ImageSet,
        withImages: Bool
    ) throws(BottleneckError) -> [any RateMethod] {
        let tensors = try run.tensors(of: fitting)
        var methods: [any RateMethod] = []
        if LatentModel.hasRoom(for: run.shape) {
            let transform = try BottleneckUnit.karhunenLoeve(tensors: tensors, shape: run.shape)
            methods.append(
                try UnitMethod(
                    Self.transformName(at: tensor),
                    kind: .klt,
                    unit: transform,
                    storageBytes: transform.encoder.count + transform.decoder.count
                        + transform.latentModel.encodedDescription.count
                )
            )
        }
        methods.append(
            QuantisedTensorMethod(
                Self.quantisedName(at: tensor),
                tensors: tensors,
                channels: run.shape.count == 3 ? run.shape[0] : 1
            )
        )
        if withImages {
            methods += [
                ImageCodecMethod(.jpeg, input: input), ImageCodecMethod(.webp, input: input),
            ]
        }
        return methods
    }
}

// MARK: Baselines

extension EvaluationRun {
    private static func fittingImages(among others: ImageSet) -> ImageSet {
        let count = min(others.count, mostFittingImages)
        return others.subset((0..<count).map { $0 * others.count / count })
    }

    /// What to know of baselines that are fitted to some of the images they are measured on.
    private static func fittingNotes(
        on images: ImageSet,
        fittedTo fitting: ImageSet
    ) -> [String] {
        let count = images.count(in: fitting)
        guard count > 0 else { return [] }
        return [
            "\(count) of these \(images.count) images are among those that the tensor's baselines are "
                + "fitted to: on new images they may do worse"
        ]
    }

    /// What to know of a tensor for which there is no plain transform.
    private static func transformNotes(at tensor: String, _ shape: [Int]) -> [String] {
        guard !LatentModel.hasRoom(for: shape) else { return [] }
        return ["there is no \(transformName(at: tensor)): a latent of \(shape) cannot be coded"]
    }
}

extension EvaluationRun.Candidate {
    /// Throws unless the unit's graphs fit the network, its entropy model and each other.
    fileprivate func checkParts(_ network: Network) throws(BottleneckError) {
        _ = try UnitNetworks(bundle, name: name, network: network, file: bundle.network)
    }
}

// MARK: Names

extension EvaluationRun {
    private static func transformName(at tensor: String) -> String { "plain KLT at \(tensor)" }
    private static func quantisedName(at tensor: String) -> String { "quantised \(tensor)" }
    private static func referenceName(at tensor: String) -> String {
        "reference design at \(tensor)"
    }

    /// What the curve is called that a bundle's points are on.
    private func curveName(of candidate: Candidate, folds: Int?) -> String {
        switch candidate.bundle.unit.kind {
        case .reference: return Self.referenceName(at: candidate.bundle.tensor)
        case .spectral:
            guard let folds else { return candidate.name }
            return "\(candidate.name), \(folds)-fold"
        case .convolutional, .external: return candidate.name
        }
    }

    /// Throws if nobody could tell two curves, or two units on one curve, apart.
    private func checkNames(folds: Int?) throws(BottleneckError) {
        var taken = Set(
            [ImageCodecMethod.Format.jpeg, .webp].map { ImageCodecMethod($0, input: input).name }
        )
        for tensor in cuts {
            let reference = Self.referenceName(at: tensor)
            taken.formUnion([
                Self.transformName(at: tensor), Self.quantisedName(at: tensor), reference,
                reference + Self.huffmanSuffix,
            ])
        }
        for candidate in candidates {
            let isJoined = candidate.bundle.unit.kind == .reference
            let name = isJoined ? candidate.name : curveName(of: candidate, folds: folds)
            guard taken.insert(name).inserted else {
                throw BottleneckError(
                    "bundle '\(candidate.name)'",
                    "tables would call something else '\(name)', too",
                    remedy: "name every bundle once, and rename its file"
                )
            }
        }
    }
}

// MARK: Joined curves

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
                    referenceName(at: tensor) + suffix,
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
        options.method = .spectral(epochs: try bundle.design.epochs)
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
                curveName(of: candidate, folds: folds),
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

extension DesignRecord {
    /// How often training went through the samples; 0 where nobody noted it.
    fileprivate var epochs: Int {
        get throws(BottleneckError) {
            guard let text = options["epochs"] else { return 0 }
            guard let epochs = Int(text) else {
                throw BottleneckError(
                    "the bundle's design",
                    "it notes \(text) epochs, so that it cannot be done again",
                    remedy: "leave the bundle out of --cross-fit, or make it again"
                )
            }
            return epochs
        }
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
