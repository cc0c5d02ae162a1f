import Glibc
import Testing

@testable import Runtime

@Suite struct StopSignalsTests {
    /// As under `nohup`.
    @Test func `a hang-up that is ignored stays so`() {
        let before = signal(SIGHUP, SIG_IGN)
        defer { signal(SIGHUP, before) }
        #expect(StopSignals.numbers == [SIGINT, SIGTERM])
        signal(SIGHUP, SIG_DFL)
        #expect(StopSignals.numbers == [SIGINT, SIGTERM, SIGHUP])
    }
}
