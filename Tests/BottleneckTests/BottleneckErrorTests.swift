import Bottleneck
import Testing

struct BottleneckErrorTests {
    @Test func `an error says what failed, why, and what to do`() {
        let error = BottleneckError("net.bottleneck", "it is cut short", remedy: "copy it again")
        #expect(error.description == "net.bottleneck: it is cut short; copy it again")
    }
}
