import CLinux
import Glibc
import Messaging

/// What the coordinator knows of one worker process, and the descriptors it holds for it.
final class WorkerHandle {
    enum Phase { case launched, configured, ready, finished, ended }

    /// Bytes kept of what the worker writes to standard error, the first ones.
    static let standardErrorBound = 8_192

    let name: WorkerName
    let token: String
    /// When it was launched, or last told of progress while loading.
    var progressedAt: Int64
    let configuration: WireConfiguration
    var phase = Phase.launched
    /// The routing id of its control socket, once it has said hello.
    var peer: [UInt8]?
    var pid: Int32?
    var inbox = ReportInbox()
    /// Whether a check found it silent; only the second in a row counts, since the coordinator may have been busy itself.
    var isSuspect = false
    var lastSeen: Int64
    /// Whether its end is no surprise.
    var isEndExpected = false
    /// Whether `.failed` has been told.
    var hasFailed = false
    var task: Task<Void, Never>?

    private(set) var standardError: [UInt8] = []
    private var input: Int32
    let errorReader: Int32
    private var isErrorOpen = true

    init(
        _ name: WorkerName,
        token: String,
        configuration: WireConfiguration,
        input: Int32,
        errorReader: Int32,
        now: Int64
    ) {
        self.name = name
        self.token = token
        self.configuration = configuration
        self.input = input
        self.errorReader = errorReader
        progressedAt = now
        lastSeen = now
    }

    deinit {
        closeInput()
        closeError()
    }

    /// What keeps it from being ready, for messages.
    var obstacle: String {
        switch phase {
        case .launched: pid == nil ? "was not started" : "has not said hello"
        case .configured: "is still loading its configuration"
        case .ready, .finished: "is ready"
        case .ended: "has ended"
        }
    }

    /// Makes the worker exit at once.
    func closeInput() {
        guard input >= 0 else { return }
        close(input)
        input = -1
    }

    /// Reads what has been written to standard error; false at its end.
    func readError() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while isErrorOpen {
            let count = read(errorReader, &buffer, buffer.count)
            if count > 0 {
                let room = Self.standardErrorBound - standardError.count
                standardError += buffer.prefix(min(count, room))
            } else if count == 0 {
                return false
            } else if errno != EINTR {
                return errno == EAGAIN
            }
        }
        return false
    }

    func closeError() {
        guard isErrorOpen else { return }
        close(errorReader)
        isErrorOpen = false
    }

    /// What it wrote, without blanks at the ends.
    var lastWords: String {
        let text = String(decoding: standardError, as: UTF8.self)
        let isBlank = { (character: Character) in character.isWhitespace }
        return String(
            text.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        )
    }
}
