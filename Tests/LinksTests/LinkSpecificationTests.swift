import Links
import SimulationCore
import Testing

@Suite struct LinkSpecificationTests {
    @Test func fixedOffsetIsTakenAsStated() {
        var specification = LinkSpecification(capacity: .constant(bitsPerSecond: 1))
        specification.offset = .fixed(.seconds(3))
        #expect(specification.resolvedOffset(seed: 1, device: 2) == .seconds(3))
    }
}
