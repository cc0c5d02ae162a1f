import ImageCodecs
import SimulationCore

extension ScenarioDecoder {
    /// The model, its data and the operating points.
    mutating func workload(_ root: ObjectReader) -> Workload? {
        guard let field = root["model"] else {
            // Without a model nothing can be said about these.
            for key in ["dataset", "calibration", "operatingPoints"] { _ = root[key] }
            return nil
        }
        guard let reader = field.object(.model),
            let (key, _) = reader.only(of: ["onnx", "synthetic"])
        else { return nil }
        isSynthetic = key == "synthetic"
        isNetwork = !isSynthetic
        return isSynthetic ? syntheticWorkload(root, reader) : networkWorkload(root, reader)
    }

    private mutating func syntheticWorkload(
        _ root: ObjectReader,
        _ reader: ObjectReader
    ) -> Workload? {
        for key in ["dataset", "calibration", "operatingPoints"] {
            root[key]?.fail("synthetic work has no \(key)", "remove it")
        }
        for key in ["unit", "input"] {
            reader[key]?.fail("synthetic work has no \(key)", "remove it")
        }
        operatingPointNames = ["synthetic"]
        operatingPoints = [OperatingPoint(name: "synthetic", kind: .synthetic)]
        guard let fields = reader.member("synthetic")?.object(.synthetic) else { return nil }
        let payload = fields["payload"]?.messageSize()
        let result = fields["result"]?.messageSize()
        let device = fields["device"].flatMap(distribution)
        let edge = fields["edge"].flatMap(distribution)
        guard let payload, let result, let device, let edge else { return nil }
        return .synthetic(
            SyntheticWorkload(
                payloadBytes: payload,
                resultBytes: result,
                device: device,
                edge: edge
            )
        )
    }

    private mutating func networkWorkload(
        _ root: ObjectReader,
        _ reader: ObjectReader
    ) -> Workload? {
        let onnx = reader.member("onnx").flatMap { existingFile($0, "an ONNX file") }
        if let field = reader["unit"] {
            hasModelUnit = true
            modelUnit = unit(field)
        }
        let input = inputFormat(reader)
        let dataset = requiredField(
            root,
            "dataset",
            "{ \"idx\": { \"images\": \"…\", \"labels\": \"…\" } }"
        )
        .flatMap { self.dataset($0, input, limit: nil) }
        if let field = requiredField(root, "operatingPoints", "{ \"local\": { \"local\": {} } }") {
            decodeOperatingPoints(field)
        }
        let calibration = calibration(root, input, dataset)
        if let dataset {
            checkReference(dataset)
            checkResizing(input, reader, dataset.value, calibration)
        }
        guard let onnx, let input, let dataset else { return nil }
        return .network(
            NetworkWorkload(
                onnx: onnx,
                input: input,
                dataset: dataset.value,
                calibration: calibration
            )
        )
    }

    private func requiredField(_ root: ObjectReader, _ key: String, _ example: String) -> Field? {
        if let field = root[key] { return field }
        root.field.fail(
            "the key \(key.quoted) is missing, which a network needs",
            "add \(key.quoted): \(example)"
        )
        return nil
    }

    private func inputFormat(_ model: ObjectReader) -> ImageInput? {
        guard let field = model["input"] else {
            model.field.fail(
                "the key \"input\" is missing",
                """
                add "input": { "size": [28, 28], "color": "gray", "mean": 127, "scale": 128 }
                """
            )
            return nil
        }
        guard let reader = field.object(.input) else { return nil }
        let size = reader["size"].flatMap(imageSize)
        let color = reader["color"]?.choice(Color.self)
        let resizing = reader("resize", default: .string("none")).choice(ImageResizing.self)
        let mean = reader["mean"]?.number(-1e6...1e6, "a number from -1000000 to 1000000")
        let scale = reader["scale"]?.number(1e-6...1e6, "a number from 0.000001 to 1000000")
        guard let size, let color, let resizing, let mean, let scale else { return nil }
        return ImageInput(
            height: size.height,
            width: size.width,
            channels: color.channels,
            mean: mean,
            scale: scale,
            resizing: resizing
        )
    }

    /// Records a problem when images would be resized that have to have the input's size.
    private func checkResizing(
        _ input: ImageInput?,
        _ model: ObjectReader,
        _ dataset: NetworkWorkload.Dataset,
        _ calibration: NetworkWorkload.Dataset?
    ) {
        let files = [dataset.files, calibration?.files].compactMap(\.self)
        let areIDX = files.contains { if case .idx = $0 { true } else { false } }
        guard areIDX, let input, input.resizing != .none else { return }
        model.member("input")?.lastChild("resize")?.fail(
            "IDX images are not resized",
            "write \"none\", and data of the input's size"
        )
    }

    private enum Color: String, CaseIterable {
        case gray, rgb
        var channels: Int { self == .gray ? 1 : 3 }
    }

    private func imageSize(_ field: Field) -> (height: Int, width: Int)? {
        guard let elements = field.list(of: "two numbers, height and width") else { return nil }
        guard elements.count == 2 else {
            field.fail("expected two numbers, found \(elements.count)", "write [height, width]")
            return nil
        }
        let sides = elements.compactMap { $0.integer(1...PixelImage.sideLimit) }
        return sides.count == 2 ? (sides[0], sides[1]) : nil
    }

    func distribution(_ field: Field) -> DurationDistribution? {
        guard let (key, choice) = field.choice(.distribution) else { return nil }
        switch key {
        case "constant": return choice.duration().map(DurationDistribution.constant)
        case "exponential":
            let mean = choice.object(.exponential)?["mean"]
            return mean?.duration(positive: true).map(DurationDistribution.exponential(mean:))
        default:
            guard let reader = choice.object(.uniform) else { return nil }
            let low = reader["low"]?.duration()
            let high = reader["high"]?.duration()
            guard let low, let high else { return nil }
            if low <= high { return .uniform(low: low, high: high) }
            choice.fail("the low end is above the high end", "write the smaller one as \"low\"")
            return nil
        }
    }
}
