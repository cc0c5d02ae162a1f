import Glibc
import Messaging
import Runtime

/// The fixture's command line.
enum FixtureCommand {
    /// `worker --role R --index I --control ENDPOINT`, or `coordinate COUNT`.
    static func run(_ arguments: [String]) -> Never {
        switch arguments.first {
        case "worker" where arguments.count == 7 && WorkerRoles.all.contains(arguments[2]):
            let index = Int(arguments[4]) ?? 0
            WorkerRoles.main(role: arguments[2], index: index, control: arguments[6])
        case "worker" where arguments.count == 7:
            let name = WorkerName(role: arguments[2], index: Int(arguments[4]) ?? 0)
            WorkerProcess.main(name, control: arguments[6]) { try FixtureRole($0) }
        case "coordinate" where arguments.count == 2:
            do {
                try coordinate(Int(arguments[1]) ?? 1)
                exit(0)
            } catch RuntimeError.interrupted {
                exit(130)
            } catch {
                print(error)
                exit(4)
            }
        default:
            print("usage: WorkerFixture worker … | coordinate COUNT")
            exit(2)
        }
    }

    /// Starts busy workers, prints their process numbers, and waits to be interrupted.
    private static func coordinate(_ count: Int) throws {
        var limits = WorkerLimits()
        limits.stop = 200_000_000
        let pool = try WorkerPool(limits: limits)
        let names = (0..<count).map { WorkerName(role: "busy", index: $0) }
        for name in names { try pool.launch(name, configuration: WireConfiguration()) }
        _ = try pool.waitUntilReady(names)
        print(names.compactMap { pool.pid(of: $0) }.map { "\($0)" }.joined(separator: " "))
        fflush(nil)
        while true {
            guard case .interrupted(let signal) = try pool.nextEvent() else { continue }
            try pool.shutdown()
            throw RuntimeError.interrupted(signal: signal)
        }
    }
}
