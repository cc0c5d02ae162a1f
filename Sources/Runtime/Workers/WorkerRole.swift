package import Messaging
package import SimulationCore

/// The program of a worker process.
///
/// All methods run on the worker's event loop. What they throw is told to the coordinator and ends the worker.
package protocol WorkerRole: AnyObject {
    /// Loads and binds what is needed; leads, now or later, to `WorkerProcess.ready(endpoints:)`.
    func configure(_ configuration: WireConfiguration) throws
    /// All workers are ready; time 0 is at `epoch` ns of CLOCK_MONOTONIC.
    func start(epoch: Int64) throws
    /// The process of a peer has ended.
    func peerEnded(_ peer: WirePeerEnded) throws
    /// No request is to be issued from this time of the run on.
    func stopIssuing(at time: SimulationTime) throws
    /// The run ends: leads, now or later, to `WorkerProcess.report(_:isLast:)` with the last part.
    func stop() throws
}

extension WorkerRole {
    /// Only the gateway is told.
    package func peerEnded(_ peer: WirePeerEnded) throws {}

    /// Only device hosts issue requests.
    package func stopIssuing(at time: SimulationTime) throws {}
}
