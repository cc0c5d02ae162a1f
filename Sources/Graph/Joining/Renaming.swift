/// New names for the tensors of a graph that is to become part of another.
struct Renaming {
    private var names: [String: String] = [:]

    /// The second part's input takes the name of the first part's output; its other tensors are
    /// renamed where the first part has the name already.
    init(from second: Network, into first: Network) {
        var taken = Set(first.model.graph.definedNames)
        let own = second.model.graph.definedNames
        let ownNames = Set(own)
        for name in own where taken.contains(name) && name != second.input.name {
            guard names[name] == nil else { continue }
            var number = 2
            while taken.contains("\(name)_\(number)") || ownNames.contains("\(name)_\(number)") {
                number += 1
            }
            names[name] = "\(name)_\(number)"
            taken.insert("\(name)_\(number)")
        }
        names[second.input.name] = first.output.name
    }

    /// The input of `network` takes the name `input`; its other tensors get a prefix.
    init(of network: Network, input: String, prefix: String) {
        for name in network.model.graph.definedNames { names[name] = prefix + name }
        names[network.input.name] = input
    }

    func apply(to graph: OnnxGraphProto) -> OnnxGraphProto {
        var graph = graph
        for index in graph.node.indices { apply(to: &graph.node[index]) }
        for index in graph.initializer.indices { apply(to: &graph.initializer[index].name) }
        for index in graph.sparseInitializer.indices {
            apply(to: &graph.sparseInitializer[index].values.name)
        }
        for index in graph.input.indices { apply(to: &graph.input[index].name) }
        for index in graph.output.indices { apply(to: &graph.output[index].name) }
        for index in graph.valueInfo.indices { apply(to: &graph.valueInfo[index].name) }
        return graph
    }

    private func apply(to node: inout OnnxNodeProto) {
        for index in node.input.indices { apply(to: &node.input[index]) }
        for index in node.output.indices { apply(to: &node.output[index]) }
        for index in node.attribute.indices {
            if node.attribute[index].hasG {
                node.attribute[index].g = apply(to: node.attribute[index].g)
            }
            node.attribute[index].graphs = node.attribute[index].graphs.map { apply(to: $0) }
        }
    }

    private func apply(to name: inout String) { name = names[name] ?? name }
}

extension OnnxGraphProto {
    /// Every tensor that the graph or one of its subgraphs defines, in the file's order.
    fileprivate var definedNames: [String] {
        constantNames + input.map(\.name)
            + node.flatMap { node in
                node.output.filter { !$0.isEmpty }
                    + node.attribute.flatMap { attribute in
                        (attribute.hasG ? [attribute.g] : []) + attribute.graphs
                    }.flatMap(\.definedNames)
            }
    }
}
