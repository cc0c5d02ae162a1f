package import Cluster
import FoundationEssentials
import Scenario

extension ServiceProfile {
    /// The profile as JSON, one measurement a line, samples without an order ascending: the same
    /// profile gives the same bytes, and a version control system shows which measurement changed.
    package var json: String {
        var lines = [
            "{\"schema\":\(schema),",
            "\"host\":{\"processor\":\(host.processor.quoted),\"cores\":\(host.cores),"
                + "\"engine\":\(host.engine.quoted)},",
            "\"network\":\(network.quoted),",
            "\"command\":\(command.quoted),",
        ]
        if let estimate { lines.append("\"estimate\":\(estimate.quoted),") }
        if let devicesPerProcessor {
            lines.append("\"devicesPerProcessor\":\(devicesPerProcessor),")
        }
        lines.append("\"measurements\":[")
        let rows = measurements.map { measurement in
            let span = measurement.spanNanoseconds
            let inOrder = span == nil ? measurement.nanoseconds.sorted() : measurement.nanoseconds
            return
                "{\"stage\":\"\(measurement.stage.rawValue)\",\"key\":\(measurement.key.quoted),"
                + "\"batch\":\(measurement.batch),\"busySlots\":\(measurement.busySlots),"
                + (span.map { "\"spanNanoseconds\":\($0)," } ?? "")
                + "\"nanoseconds\":\(list(inOrder))"
                + (measurement.takenNanoseconds.map { ",\"takenNanoseconds\":\(list($0))" } ?? "")
                + (measurement.idleNanoseconds.map { ",\"idleNanoseconds\":\(list($0))" } ?? "")
                + "}"
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
}
