package import Cluster
import FoundationEssentials

extension ServiceProfile {
    /// The profile as JSON, one measurement a line, samples without an order ascending: the same
    /// profile gives the same bytes, and a version control system shows which measurement changed.
    package var json: String {
        var lines = [
            "{\"schema\":\(schema),",
            "\"host\":{\"processor\":\(quoted(host.processor)),\"cores\":\(host.cores),"
                + "\"engine\":\(quoted(host.engine))},",
            "\"network\":\(quoted(network)),",
            "\"command\":\(quoted(command)),",
        ]
        if let estimate { lines.append("\"estimate\":\(quoted(estimate)),") }
        lines.append("\"measurements\":[")
        let rows = measurements.map { measurement in
            let span = measurement.spanNanoseconds
            let inOrder = span == nil ? measurement.nanoseconds.sorted() : measurement.nanoseconds
            let idleTimes = measurement.idleNanoseconds
            return
                "{\"stage\":\"\(measurement.stage.rawValue)\",\"key\":\(quoted(measurement.key)),"
                + "\"batch\":\(measurement.batch),\"busySlots\":\(measurement.busySlots),"
                + (span.map { "\"spanNanoseconds\":\($0)," } ?? "")
                + "\"nanoseconds\":\(list(inOrder))"
                + (idleTimes.map { ",\"idleNanoseconds\":\(list($0))" } ?? "") + "}"
        }
        return lines.joined(separator: "\n") + "\n" + rows.joined(separator: ",\n") + "\n]}\n"
    }

    /// Writes the profile, whole or not at all.
    ///
    /// - Throws: `InvalidInput` when the file cannot be written.
    package func save(path: String) throws(InvalidInput) {
        do {
            try Data(json.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw InvalidInput(
                "\(path): the profile cannot be written; name a file in a folder that exists and "
                    + "may be written to"
            )
        }
    }

    private func list(_ values: [Int64]) -> String {
        "[" + values.map(String.init).joined(separator: ",") + "]"
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
