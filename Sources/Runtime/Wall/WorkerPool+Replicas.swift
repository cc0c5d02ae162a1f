import Messaging

extension WorkerPool {
    /// Tells the gateway that a replica has ended.
    func withdraw(_ replica: WorkerName) throws {
        var peer = WirePeerEnded()
        peer.role = replica.role
        peer.index = UInt32(replica.index)
        try send(.peerEnded(peer), to: WorkerName(role: WorkerRoles.gateway, index: 0))
    }
}
