package import Bottleneck
package import Cluster
package import Coding
import FoundationEssentials
package import Graph
import Hashing
import ImageCodecs
package import Scenario
import SimulationCore

/// What devices and edge servers need to know of a scenario's network to execute requests: the
/// same in every process of a run.
package struct NetworkPlan: Sendable {
    package let workload: NetworkWorkload
    package let points: [OperatingPoint]
    package let entries: NetworkEntries
    package let network: Network
    /// The network's bytes, as read.
    package let networkBytes: [UInt8]
    /// SHA-256 of those bytes.
    package let networkDigest: String
    package let classes: Int
    /// By the tensor they are cut at.
    package private(set) var cuts: [String: Cut] = [:]
    /// By the key of head and tail.
    package private(set) var units: [String: Unit] = [:]
    /// By operating point; nil for those that send no tensor, or are not calibrated yet.
    package var codecs: [TensorCodec?]
    /// By operating point; nil for those without a bottleneck unit.
    package private(set) var unitCodecs: [UnitCodec?]

    package struct Cut: Sendable {
        package let head: [UInt8]
        package let tail: [UInt8]
        /// Of one sample, without the batch dimension.
        package let shape: [Int]

        package var elements: Int { shape.reduce(1, *) }
        /// Channels come first, as ONNX orders them; a vector is one channel.
        package var channels: Int { shape.count > 1 ? shape[0] : 1 }
    }

    /// A bottleneck unit, its graphs joined with the network's.
    package struct Unit: Sendable {
        /// Head and encoder.
        package let device: [UInt8]
        /// Decoder and tail.
        package let edge: [UInt8]
        /// Of one sample, without the batch dimension.
        package let latentShape: [Int]
    }

    /// - Throws: `InvalidInput` when the network cannot be read, does not fit the input, or is not
    ///   cut at a tensor that an operating point names, or when a bundle cannot be used with it.
    package init(workload: NetworkWorkload, points: [OperatingPoint]) throws(InvalidInput) {
        self.workload = workload
        self.points = points
        entries = NetworkEntries(points: points)
        codecs = points.map { _ in nil }
        unitCodecs = points.map { _ in nil }
        do {
            networkBytes = [UInt8](try Data(contentsOf: URL(filePath: workload.onnx)))
        } catch {
            throw InvalidInput("\(workload.onnx): cannot be read; name an ONNX file in model.onnx")
        }
        networkDigest = SHA256.hash(data: networkBytes).hexadecimal
        do {
            network = try Network(bytes: networkBytes, name: workload.onnx)
            try Self.check(network, workload.input)
            classes = try Self.classes(of: network)
            let splits = try network.splitPoints()
            let tensors = points.filter { !$0.hasUnit }.compactMap(\.entryTensor)
            for tensor in Set(tensors).sorted() {
                cuts[tensor] = try Self.cut(network, at: tensor, splits: splits, workload.onnx)
            }
        } catch let error as InvalidInput {
            throw error
        } catch {
            throw InvalidInput("\(error)")
        }
        for (index, point) in points.enumerated() {
            guard case .splitFloat(let tensor) = point.kind, let cut = cuts[tensor] else {
                continue
            }
            codecs[index] = .float32(elementCount: cut.elements)
        }
        try loadUnits()
    }

    private mutating func loadUnits() throws(InvalidInput) {
        var bundles: [String: BottleneckUnit] = [:]
        for (index, point) in points.enumerated() {
            guard case .unit(let reference, let rate) = point.kind else { continue }
            if bundles[point.tailKey] == nil {
                let (bundle, unit) = try load(reference)
                bundles[point.tailKey] = bundle.unit
                units[point.tailKey] = unit
            }
            unitCodecs[index] = bundles[point.tailKey].map { UnitCodec($0, rate: .init(rate)) }
        }
    }

    private static func check(_ network: Network, _ format: ImageInput) throws {
        let shape = try network.inputType(batch: 1).shape
        let wanted = [1, format.channels, format.height, format.width]
        guard shape == wanted else {
            throw InvalidInput(
                "model.input: the network takes \(shape), and size and color give \(wanted); "
                    + "write the network's own height, width and color"
            )
        }
    }

    private static func classes(of network: Network) throws -> Int {
        let types = try network.tensorTypes(batch: 1)
        guard let output = types[network.output.name], output.shape.count == 2 else {
            throw InvalidInput(
                "model.onnx: the network's output is not batch × classes; "
                    + "give a classifier whose output are logits"
            )
        }
        return output.shape[1]
    }

    private static func cut(
        _ network: Network,
        at tensor: String,
        splits: [SplitPoint],
        _ file: String
    ) throws -> Cut {
        guard let point = splits.first(where: { $0.tensor == tensor }) else {
            let known = splits.map { "“\($0.tensor)”" }.joined(separator: ", ")
            throw InvalidInput(
                "operatingPoints: “\(tensor)” is no split point of \(file); write one of \(known)"
            )
        }
        // A profile and the plan find the uncut network under that name.
        guard tensor != OperatingPoint.wholeNetwork else {
            throw InvalidInput(
                "operatingPoints: \(file) cannot be cut at a tensor named “\(tensor)”; rename it there"
            )
        }
        let (head, tail) = try network.cut(at: tensor)
        return Cut(
            head: try head.serialized(),
            tail: try tail.serialized(),
            shape: Array(point.type.shape.dropFirst())
        )
    }
}
