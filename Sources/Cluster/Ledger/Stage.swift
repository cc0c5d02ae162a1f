/// The parts of a request's latency, in order; together they make it up exactly.
package enum Stage: Int, Sendable, CaseIterable {
    case deviceWait, head, encode, uplinkQueue, uplinkTransmit, uplinkPropagate, edgeWait, service
    case downlink

    /// The name used in `summary.json`.
    package var name: String { String(describing: self) }
}
