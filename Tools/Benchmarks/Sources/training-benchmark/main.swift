import Bottleneck
import Foundation
import Graph
import Inference

// training-benchmark export FOLDER NETWORK TENSOR FEATURE BATCH    writes the network's part behind the tensor
// training-benchmark measure STEPS NETWORK TENSOR FEATURE BATCH    milliseconds of each training step, as JSON

let arguments = CommandLine.arguments
guard arguments.count == 7, let batch = Int(arguments[6]) else {
    FileHandle.standardError.write(
        Data(
            "usage: training-benchmark export|measure FOLDER|STEPS NETWORK TENSOR FEATURE BATCH\n"
                .utf8
        )
    )
    exit(2)
}
let network = try Network(contentsOf: URL(filePath: arguments[3]))
let (tensor, feature) = (arguments[4], arguments[5])

switch arguments[1] {
case "export":
    let tail = try network.cut(at: tensor).tail
    try TailDescription(tail, feature: feature).write(to: URL(filePath: arguments[2]))
case "measure":
    let steps = try StepMeasurement(network, tensor: tensor, feature: feature, batch: batch)
    let times = try steps.milliseconds(count: Int(arguments[2]) ?? 20)
    print(String(decoding: try JSONEncoder().encode(times), as: UTF8.self))
default: exit(2)
}
