/// How a worker process ended.
package struct WorkerExit: Sendable, Equatable {
    /// What the kernel says about it.
    package enum Status: Sendable, Equatable {
        case code(Int32)
        case signal(Int32)
    }

    package let name: WorkerName
    package let status: Status
    /// Whether it had finished its report, had told its failure, or was made to end.
    package let isExpected: Bool
    /// The beginning of what it wrote to standard error.
    package let standardError: String
}

extension WorkerExit: CustomStringConvertible {
    package var description: String {
        "worker \(name) \(reason)"
    }

    /// The description without the name.
    package var reason: String {
        let how =
            switch status {
            case .code(let code): "ended with exit code \(code)"
            case .signal(let signal): "was ended by \(SignalName.of(signal))"
            }
        // A crash writes pages, with what is wrong at their head.
        let lines = standardError.split(separator: "\n").prefix(3).joined(separator: "\n")
        return lines.isEmpty ? how : "\(how); it wrote: \(lines)"
    }
}
