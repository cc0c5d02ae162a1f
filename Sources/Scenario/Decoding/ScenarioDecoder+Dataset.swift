extension ScenarioDecoder {
    static let calibrationSamples = 256

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
        _ input: NetworkWorkload.InputFormat?,
        limit standardLimit: Int?
    ) -> ResolvedDataset? {
        guard let reader = field.object(.dataset) else { return nil }
        let files = reader["idx"].flatMap { idx($0, input) }
        let firstField = reader("first", default: .number("0"))
        let first = firstField.integer(0...Int.max)
        guard let files, let first else {
            _ = reader["limit"]?.integer(1...Int.max)
            return nil
        }
        guard first < files.count else {
            firstField.fail(
                "the files hold \(files.count) samples, numbered from 0",
                "write at most \(files.count - 1)"
            )
            return nil
        }
        let rest = files.count - first
        let limitField = reader("limit", default: .number("\(min(standardLimit ?? rest, rest))"))
        guard let limit = limitField.integer(1...Int.max) else { return nil }
        guard limit <= rest else {
            limitField.fail(
                "only \(rest) samples follow sample \(first)",
                "write at most \(rest)"
            )
            return nil
        }
        let value = NetworkWorkload.Dataset(
            images: files.images,
            labels: files.labels,
            first: first,
            count: limit
        )
        return ResolvedDataset(value: value, available: files.count, field: field)
    }

    private func idx(
        _ field: Field,
        _ input: NetworkWorkload.InputFormat?
    ) -> (images: String, labels: String, count: Int)? {
        guard let reader = field.object(.idx) else { return nil }
        let imagesField = reader["images"]
        let images = imagesField.flatMap { idxFile($0, "the images") }
        let labels = reader["labels"].flatMap { field -> IDXFile? in
            guard let file = idxFile(field, "the labels") else { return nil }
            if file.dimensions.count == 1 { return file }
            field.fail("\(file.path) does not hold labels", "name the file of the labels")
            return nil
        }
        let areImages = checkImages(images, imagesField, input)
        guard areImages, let images, let labels else { return nil }
        guard images.count == labels.count else {
            field.fail(
                "there are \(images.count) images but \(labels.count) labels",
                "name images and labels that belong together"
            )
            return nil
        }
        return (images.path, labels.path, images.count)
    }

    private func idxFile(_ field: Field, _ what: String) -> IDXFile? {
        guard let path = existingFile(field, what) else { return nil }
        do {
            return try IDXFile(path: path)
        } catch {
            field.fail("\(error.file) \(error.problem)", error.remedy)
            return nil
        }
    }

    /// Whether `file` holds images of the input's size.
    private func checkImages(
        _ file: IDXFile?,
        _ field: Field?,
        _ input: NetworkWorkload.InputFormat?
    ) -> Bool {
        guard let file, let field else { return false }
        let sides = file.dimensions
        guard 3...4 ~= sides.count else {
            field.fail("\(file.path) does not hold images", "name the file of the images")
            return false
        }
        guard let input else { return false }
        let channels = sides.count == 4 ? sides[3] : 1
        if sides[1] == input.height, sides[2] == input.width, channels == input.channels {
            return true
        }
        field.fail(
            "the images are \(Self.size(sides[1], sides[2], channels)), the model's input is "
                + Self.size(input.height, input.width, input.channels),
            "correct the model's input, or name other images"
        )
        return false
    }

    private static func size(_ height: Int, _ width: Int, _ channels: Int) -> String {
        "\(height)x\(width) \(channels == 1 ? "gray" : channels == 3 ? "rgb" : "of \(channels) channels")"
    }

    /// The calibration samples: as written, else the ones that follow the evaluated ones, when an
    /// operating point needs any.
    func calibration(
        _ root: ObjectReader,
        _ input: NetworkWorkload.InputFormat?,
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
            images: evaluated.images,
            labels: evaluated.labels,
            first: end,
            count: Self.calibrationSamples
        )
        _ = self.dataset(root("calibration", default: Self.document(value)), input, limit: nil)
        return value
    }

    private func checkDisjoint(_ own: ResolvedDataset, _ evaluated: NetworkWorkload.Dataset) {
        let calibration = own.value
        guard calibration.images == evaluated.images else { return }
        let range = evaluated.first..<(evaluated.first + evaluated.count)
        if range.overlaps(calibration.first..<(calibration.first + calibration.count)) {
            own.field.fail(
                "samples \(range.lowerBound) to \(range.upperBound - 1) are evaluated, too",
                "choose \"first\" and \"limit\" so that the two do not overlap"
            )
        }
    }

    private static func document(_ dataset: NetworkWorkload.Dataset) -> JSONValue {
        let files = JSONValue.standard([
            "images": .string(dataset.images), "labels": .string(dataset.labels),
        ])
        return .standard([
            "idx": files, "first": .number("\(dataset.first)"),
            "limit": .number("\(dataset.count)"),
        ])
    }
}
