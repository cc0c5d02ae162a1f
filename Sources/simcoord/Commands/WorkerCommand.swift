import ArgumentParser
import Runtime

/// What simcoord starts itself as, to become a worker process.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

    @Option var role: String
    @Option var index: Int
    @Option var control: String

    func run() throws { WorkerRoles.main(role: role, index: index, control: control) }
}
