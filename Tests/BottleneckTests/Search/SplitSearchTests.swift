import Graph
import Testing

@testable import Bottleneck

@Suite struct SplitSearchTests {
    private func point(_ name: String, _ shape: [Int], head: Int, tail: Int) -> SplitPoint {
        SplitPoint(
            tensor: name,
            type: TensorType(element: .float, shape: [1] + shape),
            head: Cost(multiplyAccumulates: head, parameters: 0),
            tail: Cost(multiplyAccumulates: tail, parameters: 0)
        )
    }

    private var candidates: [SplitCandidate] {
        [(10, 5000.0), (40, 2000), (70, 2100), (95, 300)].map { head, bytes in
            SplitCandidate(
                point: point("at\(head)", [4, 2, 2], head: head, tail: 100 - head),
                bytes: bytes,
                encoderOperations: 1
            )
        }
    }

    @Test func `wider tensors than an earlier one are left out, twins once`() {
        let points = [
            point("conv", [8, 4, 4], head: 10, tail: 90),
            point("relu", [8, 4, 4], head: 10, tail: 90),
            point("expanded", [48, 4, 4], head: 30, tail: 70),
            point("block", [8, 4, 4], head: 40, tail: 60),
            point("narrow", [16, 2, 2], head: 50, tail: 50),
            point("deep", [20, 2, 2], head: 70, tail: 30),
        ]
        #expect(SplitSearch.undominated(points).map(\.tensor) == ["relu", "block", "narrow"])
    }

    @Test func `a flattened tensor does not stand for its planes`() {
        let points = [
            point("planes", [64, 7, 7], head: 10, tail: 90),
            point("flat", [3136], head: 10, tail: 90),
            point("tokens", [64, 49], head: 10, tail: 90),
            point("pooled", [64, 1, 1], head: 10, tail: 90),
            point("features", [64], head: 10, tail: 90),
            point("hidden", [32], head: 40, tail: 60),
        ]
        #expect(SplitSearch.undominated(points).map(\.tensor) == ["planes", "pooled", "hidden"])
    }

    @Test func `tensors that no unit is possible for dominate nothing`() {
        let points = [
            point("many", [4097, 1, 1], head: 10, tail: 90),
            point("large", [1, 512, 256], head: 20, tail: 80),
            point("tokens", [8, 3], head: 30, tail: 70),
            point("block", [64, 16, 16], head: 40, tail: 60),
        ]
        #expect(SplitSearch.undominated(points).map(\.tensor) == ["block"])
    }

    @Test func `each budget has its choice`() {
        func choice(_ budget: SplitSearch.Budget) -> String? {
            SplitSearch.choice(of: candidates, within: budget)?.point.tensor
        }
        #expect(choice(.bytes(2500)) == "at40")
        #expect(choice(.bytes(100)) == nil)
        #expect(choice(.headShare(0.8)) == "at40")
        #expect(choice(.headShare(0.05)) == nil)
        // 8 bit a byte at 8 kbit/s: a second for 1000 bytes; operations take none.
        let model = SplitSearch.LatencyModel(
            deviceRate: 1e12,
            serverRate: 1e12,
            uplink: 8e3,
            roundTrip: 0.1
        )
        #expect(choice(.latency(2.2, model)) == "at40")
        #expect(choice(.latency(0.5, model)) == "at95")
        #expect(choice(.latency(0.3, model)) == nil)
    }

    @Test func `the table shows every candidate, the choice and why`() {
        let budget = SplitSearch.Budget.bytes(2500)
        let text = SearchTable.text(
            candidates,
            budget: budget,
            choice: SplitSearch.choice(of: candidates, within: budget),
            divergence: 0.04
        )
        for candidate in candidates { #expect(text.contains(candidate.point.tensor)) }
        #expect(text.split(separator: "\n").count { $0.hasPrefix("| →") } == 1)
        #expect(text.contains("estimated from second moments"))
        #expect(text.contains("typically too few"))
        #expect(text.hasSuffix("Chosen: 'at40', the earliest cut with at most 2500 bytes."))
    }
}
