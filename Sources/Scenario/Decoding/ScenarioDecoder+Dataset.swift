import ImageCodecs

extension ScenarioDecoder {
    static let calibrationSamples = 256
    static let mostSamples = 1_000_000_000

    /// A data set and what is known of its files.
    struct ResolvedDataset {
        var value: NetworkWorkload.Dataset
        /// Samples in the files.
        var available: Int
        var field: Field
    }

    /// A run of samples; uses `standardLimit` of them (nil is all) when `limit` is not written.
    func dataset(
        _ field: Field,
        _ input: ImageInput?,
        limit standardLimit: Int?
    ) -> ResolvedDataset? {
        guard let reader = field.object(.dataset) else { return nil }
        let files = reader.only(of: ["idx", "folder"]).flatMap { key, field in
            key == "idx" ? idx(field, input) : folder(field)
        }
        let firstField = reader("first", default: .number("0"))
        let first = firstField.integer(0...Self.mostSamples)
        guard let files, let first else {
            _ = reader["limit"]?.integer(1...Self.mostSamples)
            return nil
        }
        guard first < files.count else {
            firstField.fail(
                "there are \(files.count) samples, numbered from 0",
                "write at most \(files.count - 1)"
            )
            return nil
        }
        let rest = files.count - first
        let limitField = reader("limit", default: .number("\(min(standardLimit ?? rest, rest))"))
        guard let limit = limitField.integer(1...Self.mostSamples) else { return nil }
        guard limit <= rest else {
            limitField.fail(
                "only \(rest) samples follow sample \(first)",
                "write at most \(rest)"
            )
            return nil
        }
        let value = NetworkWorkload.Dataset(
            files: files.value,
            first: first,
            count: limit
        )
        return ResolvedDataset(value: value, available: files.count, field: field)
    }

    /// The calibration samples: as written, else the ones that follow the evaluated ones, when an
    /// operating point needs any.
    func calibration(
        _ root: ObjectReader,
        _ input: ImageInput?,
        _ dataset: ResolvedDataset?
    ) -> NetworkWorkload.Dataset? {
        if let field = root["calibration"] {
            guard let own = self.dataset(field, input, limit: Self.calibrationSamples) else {
                return nil
            }
            if let dataset { checkDisjoint(own, dataset.value) }
            return own.value
        }
        guard let dataset, operatingPoints.contains(where: { $0?.isQuantized ?? false }) else {
            return nil
        }
        let evaluated = dataset.value
        let end = evaluated.first + evaluated.count
        guard dataset.available - end >= Self.calibrationSamples else {
            dataset.field.fail(
                """
                a quantised operating point needs \(Self.calibrationSamples) calibration samples \
                after the evaluated ones, and \(dataset.available - end) are left
                """,
                "lower \"limit\", or name other files under \"calibration\""
            )
            return nil
        }
        let value = NetworkWorkload.Dataset(
            files: evaluated.files,
            first: end,
            count: Self.calibrationSamples
        )
        _ = self.dataset(root("calibration", default: Self.document(value)), input, limit: nil)
        return value
    }

    private func checkDisjoint(_ own: ResolvedDataset, _ evaluated: NetworkWorkload.Dataset) {
        let calibration = own.value
        let images = FileStatus(ifThere: calibration.files.images)
        guard images?.identity == FileStatus(ifThere: evaluated.files.images)?.identity else {
            return
        }
        let range = evaluated.first..<(evaluated.first + evaluated.count)
        if range.overlaps(calibration.first..<(calibration.first + calibration.count)) {
            own.field.fail(
                "samples \(range.lowerBound) to \(range.upperBound - 1) are evaluated, too",
                "choose \"first\" and \"limit\" so that the two do not overlap"
            )
        }
    }

    /// Records a problem when predictions could neither be judged by labels nor by the uncut network.
    func checkReference(_ dataset: ResolvedDataset) {
        guard !dataset.value.isLabelled, !operatingPoints.contains(where: { $0 == nil }),
            !operatingPoints.contains(where: { $0?.kind == .local })
        else { return }
        dataset.field.fail(
            "without labels, predictions are compared with the uncut network's, and no operating "
                + "point runs it",
            "add \"labels\": \"PATH\", or \"local\": { \"local\": {} } to the operating points"
        )
    }

    private static func document(_ dataset: NetworkWorkload.Dataset) -> JSONValue {
        let images = JSONValue.string(dataset.files.images)
        let labels = dataset.files.labels.map(JSONValue.string)
        let files: JSONValue
        if let labels {
            files = .standard(["images": images, "labels": labels])
        } else {
            files = .standard(["images": images])
        }
        let key =
            switch dataset.files {
            case .idx: "idx"
            case .folder: "folder"
            }
        return .standard([
            key: files, "first": .number("\(dataset.first)"),
            "limit": .number("\(dataset.count)"),
        ])
    }
}
