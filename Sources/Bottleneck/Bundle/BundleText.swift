import Coding

/// A bundle in words, for a terminal.
package enum BundleText {
    /// Lines without a final line end; `bytes` are the bundle's file.
    package static func render(_ bundle: BottleneckBundle, bytes: [UInt8]) -> String {
        let unit = bundle.unit
        let model = unit.latentModel
        let shape = bundle.shape.map(String.init).joined(separator: " × ")
        let design = bundle.design
        var lines = [
            row("unit", "\(unit.kind.rawValue), \(bytes.count) bytes"),
            row("sha-256", BottleneckBundle.digest(of: bytes)),
            row("network", "\(bundle.network.name), SHA-256 \(bundle.network.sha256)"),
            row("tensor", "\(bundle.tensor), \(shape)"),
            row("latent", "\(model.channels) channels of \(model.positions)"),
            row(
                "storage",
                "encoder \(unit.encoder.count), decoder \(unit.decoder.count), "
                    + "entropy model \(model.encodedDescription.count) bytes"
            ),
            row(
                "design",
                "\(design.samples) samples × \(design.views) views of \(design.data), "
                    + "seed \(design.seed)"
            ),
        ]
        if let seconds = design.seconds { lines.append(row("", "\(fixed(seconds, 1)) s")) }
        for values in [design.options, design.versions] where !values.isEmpty {
            let text = values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            lines.append(row("", text.joined(separator: ", ")))
        }
        return (lines + [""] + levels(bundle)).joined(separator: "\n")
    }

    private static func levels(_ bundle: BottleneckBundle) -> [String] {
        let evaluation = bundle.evaluation
        var lines = [columns(["level", "name", "step", "bytes", "KL", "agreement", "top-1"])]
        for (index, level) in bundle.unit.levels.enumerated() {
            let mean = level.steps.reduce(0, +) / Float(level.steps.count)
            let row = evaluation?.rows.first { $0.level == Double(index) }
            lines.append(
                columns([
                    "\(index)", level.name, fixed(Double(mean), 4), number(row?.bytes, 1),
                    number(row?.divergence, 4), percent(row?.agreement), percent(row?.top1),
                ])
            )
        }
        guard let evaluation else { return lines + ["", "not evaluated yet"] }
        lines += [
            "", "evaluated on \(evaluation.images) images of \(evaluation.data)",
            "encoder \(evaluation.encoder.multiplyAccumulates) MACs, "
                + "\(evaluation.encoder.parameters) parameters; decoder "
                + "\(evaluation.decoder.multiplyAccumulates) MACs, "
                + "\(evaluation.decoder.parameters) parameters",
        ]
        return lines
    }

    private static func row(_ label: String, _ text: String) -> String {
        label + String(repeating: " ", count: max(9 - label.count, 0)) + text
    }

    private static func columns(_ cells: [String]) -> String {
        cells.map { String(repeating: " ", count: max(10 - $0.count, 1)) + $0 }.joined()
    }

    private static func number(_ value: Double?, _ digits: Int) -> String {
        value.map { fixed($0, digits) } ?? "–"
    }

    private static func percent(_ value: Double?) -> String {
        value.map { fixed(100 * $0, 1) + " %" } ?? "–"
    }

    /// `value` with so many decimals.
    private static func fixed(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
        let whole = Int64(min(abs(value) * scale, 1e15).rounded())
        let (units, rest) = whole.quotientAndRemainder(dividingBy: Int64(scale))
        let decimals = String(rest)
        let zeros = String(repeating: "0", count: digits - decimals.count)
        return (value < 0 ? "-" : "") + "\(units)." + zeros + decimals
    }
}
