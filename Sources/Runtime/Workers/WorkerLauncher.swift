import CLinux
import Glibc
import Subprocess
import SystemPackage

/// Starts a worker's process and waits for its end, on the concurrency pool.
struct WorkerLauncher: Sendable {
    /// What the launcher tells the coordinator's loop.
    enum Notice: Sendable {
        case started(WorkerName, pid: Int32)
        case ended(WorkerName, WorkerExit.Status)
        case notStarted(WorkerName, reason: String)
    }

    /// The descriptors that a worker and its coordinator share.
    struct Pipes {
        let inputReader: Int32
        let inputWriter: Int32
        let errorReader: Int32
        let errorWriter: Int32

        init() throws(RuntimeError) {
            var input: [Int32] = [-1, -1]
            var error: [Int32] = [-1, -1]
            _ = try SystemCall.check("make a pipe") { clinux_pipe(&input) }
            do throws(RuntimeError) {
                _ = try SystemCall.check("make a pipe") { clinux_pipe(&error) }
                _ = try SystemCall.check("set up a pipe") { fcntl(error[0], F_SETFL, O_NONBLOCK) }
            } catch let failure {
                for descriptor in input + error where descriptor >= 0 { close(descriptor) }
                throw failure
            }
            (inputReader, inputWriter) = (input[0], input[1])
            (errorReader, errorWriter) = (error[0], error[1])
        }
    }

    let executable: String
    let mailbox: LoopMailbox<Notice>

    /// Cancelling the task kills the process.
    func launch(_ name: WorkerName, control: String, pipes: Pipes) -> Task<Void, Never> {
        let arguments = [
            "worker", "--role", name.role, "--index", "\(name.index)", "--control", control,
        ]
        let input = FileDescriptor(rawValue: pipes.inputReader)
        let error = FileDescriptor(rawValue: pipes.errorWriter)
        return Task.detached {
            do {
                let result = try await Subprocess.run(
                    .path(FilePath(executable)),
                    arguments: Arguments(arguments),
                    input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                    output: .discarded,
                    error: .fileDescriptor(error, closeAfterSpawningProcess: true)
                ) { execution in
                    mailbox.post(.started(name, pid: execution.processIdentifier.value))
                }
                switch result.terminationStatus {
                case .exited(let code): mailbox.post(.ended(name, .code(code)))
                case .signaled(let signal): mailbox.post(.ended(name, .signal(signal)))
                }
            } catch is CancellationError {
                mailbox.post(.ended(name, .signal(SIGKILL)))
            } catch {
                mailbox.post(.notStarted(name, reason: "\(error)"))
            }
        }
    }
}
