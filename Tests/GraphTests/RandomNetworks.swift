import Graph
import GraphTestSupport
import TestSupport

/// Small random networks of element-by-element operators on one value, with constants, dead branches
/// and nodes of two outputs.
struct RandomNetworks {
    static func make(seed: UInt64) throws -> Network {
        var generator = SeededGenerator(seed: seed)
        var builder = NetworkBuilder(input: [1])
        builder.constant("c", [1])
        builder.node("Identity", ["c"], "folded")
        var tensors = ["x"]
        let count = Int.random(in: 1...14, using: &generator)
        let reach = Int.random(in: 1...5, using: &generator)
        for index in 0..<count {
            func pick() -> String { tensors.suffix(reach).randomElement(using: &generator) ?? "x" }
            let name = "t\(index)"
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: builder.node("Add", [pick(), pick()], name)
            case 1: builder.node("Sum", [pick(), pick(), pick()], name)
            case 2:
                builder.node(
                    "Mul",
                    [pick(), Bool.random(using: &generator) ? "c" : "folded"],
                    name
                )
            case 3:
                builder.node("Dropout", [pick()], name, "\(name)b")
                tensors.append("\(name)b")
            default: builder.node("Neg", [pick()], name)
            }
            tensors.append(name)
        }
        return try builder.network(output: "t\(count - 1)")
    }

    /// The output for the input `x`, in wrapping integer arithmetic that tells every path apart.
    static func evaluate(_ network: Network, _ x: Int) -> Int? {
        var values = [network.input.name: x]
        for tensor in network.model.graph.initializer { values[tensor.name] = 7 }
        for node in network.model.graph.node {
            let inputs = node.input.compactMap { values[$0] }
            guard inputs.count == node.input.count, let first = inputs.first else { return nil }
            let sum = inputs.reduce(0, &+)
            switch node.opType {
            case "Add", "Sum": values[node.output[0]] = sum &* 3 &+ 1
            case "Mul": values[node.output[0]] = inputs.reduce(1, &*) &+ 5
            case "Identity": values[node.output[0]] = first
            default:
                for (index, name) in node.output.enumerated() {
                    values[name] = first &* (11 &+ 2 &* index) ^ 0x55
                }
            }
        }
        return values[network.output.name]
    }

    /// The tensors without which the output cannot be reached from the input, one at a time.
    static func separators(of network: Network) -> [String] {
        let graph = network.model.graph
        func reaches(without removed: String?) -> Set<String> {
            var reached: Set<String> = [network.input.name]
            for node in graph.node where node.input.contains(where: reached.contains) {
                reached.formUnion(node.output.filter { $0 != removed })
            }
            return reached
        }
        let data = reaches(without: nil)
        return graph.node.flatMap(\.output).filter { name in
            name != network.output.name && data.contains(name)
                && !reaches(without: name).contains(network.output.name)
        }
    }
}
