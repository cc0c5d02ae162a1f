import Messaging

extension WorkerPool {
    /// Tells the gateway that a replica has ended.
    func withdraw(_ replica: WorkerName) throws {
        var change = WirePeerChange()
        change.role = replica.role
        change.index = UInt32(replica.index)
        try send(.peerChange(change), to: WorkerName(role: WorkerRoles.gateway, index: 0))
    }
}
