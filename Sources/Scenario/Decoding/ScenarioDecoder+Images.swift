import ImageCodecs

extension ScenarioDecoder {
    /// Files of images and the number of samples in them.
    struct DatasetFiles {
        var value: NetworkWorkload.Dataset.Files
        var count: Int
    }

    /// The images in a folder, and their classes where a file states them.
    func folder(_ field: Field) -> DatasetFiles? {
        guard let reader = field.object(.folder) else { return nil }
        let images = reader["images"].flatMap(imageFolder)
        guard let labelsField = reader["labels"] else {
            return images.map {
                DatasetFiles(
                    value: .folder(images: $0.path, labels: nil),
                    count: $0.files.count
                )
            }
        }
        guard let labels = existingFile(labelsField, "the labels"), let images else { return nil }
        do {
            _ = try images.labels(path: labels)
        } catch {
            labelsField.fail("\(error.file): \(error.problem)", error.remedy)
            return nil
        }
        return DatasetFiles(
            value: .folder(images: images.path, labels: labels),
            count: images.files.count
        )
    }

    private func imageFolder(_ field: Field) -> ImageFolder? {
        guard let path = path(field, "a folder of images") else { return nil }
        do {
            return try ImageFolder(path: path)
        } catch {
            field.fail("\(error.file): \(error.problem)", error.remedy)
            return nil
        }
    }

    /// The images and labels of an IDX pair.
    func idx(
        _ field: Field,
        _ input: ImageInput?
    ) -> DatasetFiles? {
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
        return DatasetFiles(
            value: .idx(images: images.path, labels: labels.path),
            count: images.count
        )
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
        _ input: ImageInput?
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
}
