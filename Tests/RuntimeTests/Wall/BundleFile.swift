import Bottleneck
import BottleneckTestSupport
import Foundation
import TestSupport

/// A bundle for the shipped network, in a file that goes with the last reference to it.
final class BundleFile: Sendable {
    let path = NSTemporaryDirectory() + "unit-\(UUID().uuidString).bottleneck"

    init() throws {
        let network = PackageFolder.path + "/Scenarios/models/fashion-resnet.onnx"
        try WaistUnit.bundle(networkBytes: Data(contentsOf: URL(filePath: network)))
            .write(to: URL(filePath: path))
    }

    deinit { unlink(path) }
}
