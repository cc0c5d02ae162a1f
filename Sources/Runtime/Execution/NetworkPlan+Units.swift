import Bottleneck
import Cluster
import FoundationEssentials
import Graph
import ImageCodecs
import Scenario

extension NetworkPlan {
    /// The device's graph of an operating point, an ONNX file.
    func deviceGraph(of point: OperatingPoint) -> [UInt8] {
        point.headKey.flatMap { units[$0]?.device ?? cuts[$0]?.head } ?? networkBytes
    }

    /// The edge server's graph of an entry, an ONNX file.
    func edgeGraph(entry: Int) -> [UInt8] {
        let key = entries.keys[entry]
        return units[key]?.edge ?? cuts[key]?.tail ?? networkBytes
    }

    /// The shape of what an operating point codes, for one sample: a latent's or a tensor's, channels
    /// first, or an image's, channels last.
    func codedShape(of point: OperatingPoint) -> [Int] {
        let format = workload.input
        return units[point.tailKey]?.latentShape ?? cuts[point.tailKey]?.shape
            ?? [format.height, format.width, format.channels]
    }

    /// Reads a bundle and joins it with the network.
    func load(
        _ reference: UnitReference
    ) throws(InvalidInput) -> (BottleneckBundle, Unit) {
        let file = URL(filePath: reference.path)
        do {
            let bytes = try BottleneckBundle.bytes(of: file)
            let bundle = try BottleneckBundle(bytes: bytes, name: reference.path)
            guard BottleneckBundle.digest(of: bytes) == reference.digest else {
                throw BottleneckError(
                    reference.path,
                    "the bundle was replaced after the scenario was read",
                    remedy: "start again"
                )
            }
            let networks = try UnitNetworks(
                bundle,
                name: reference.path,
                network: network,
                file: .init(
                    name: URL(filePath: workload.onnx).lastPathComponent,
                    sha256: networkDigest
                )
            )
            let unit = Unit(
                device: try networks.device.serialized(),
                edge: try networks.edge.serialized(),
                latentShape: networks.latentShape
            )
            return (bundle, unit)
        } catch {
            throw InvalidInput("operatingPoints: \(error)")
        }
    }
}

extension OperatingPoint {
    var hasUnit: Bool {
        if case .unit = kind { return true }
        return false
    }
}

extension UnitCodec.Rate {
    init(_ rate: UnitRate) {
        switch rate {
        case .level(let level): self = .level(level)
        case .bytes(let bytes): self = .bytes(bytes)
        }
    }
}
