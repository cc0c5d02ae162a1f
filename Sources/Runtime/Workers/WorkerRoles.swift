/// The programs that a worker process may run.
package enum WorkerRoles {
    package static let tableDevice = "table-device"
    package static let tableEdge = "table-edge"
    package static let deviceHost = "device-host"
    package static let gateway = "gateway"
    package static let replica = "replica"

    package static let all = [tableDevice, tableEdge, deviceHost, gateway, replica]

    /// Becomes a worker; does not return.
    package static func main(role: String, index: Int, control endpoint: String) -> Never {
        WorkerProcess.main(WorkerName(role: role, index: index), control: endpoint) { worker in
            switch role {
            case tableDevice: return TableDeviceRole(worker)
            case tableEdge: return TableEdgeRole(worker)
            case deviceHost: return DeviceHostRole(worker)
            case gateway: return GatewayRole(worker)
            case replica: return ReplicaRole(worker)
            default: throw RuntimeError.notAWorker(reason: "there is no role “\(role)”")
            }
        }
    }
}
