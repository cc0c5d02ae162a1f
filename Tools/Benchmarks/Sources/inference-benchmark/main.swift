import Foundation
import Graph
import Inference

// inference-benchmark cut NETWORK TENSOR FOLDER     writes head.onnx and tail.onnx, prints a line with each one's
//                                                   name and input shape, as in `head 1,1,28,28`
// inference-benchmark measure NETWORK OUTPUT CALLS  a run on one sample, over and over: the result goes to OUTPUT as
//                                                   float32, the seconds of all calls to standard error

func fail(_ reason: String) -> Never {
    FileHandle.standardError.write(Data("inference-benchmark: \(reason)\n".utf8))
    exit(2)
}

func cut(_ file: String, at tensor: String, into folder: String) throws {
    let parts = try Network(contentsOf: URL(filePath: file)).cut(at: tensor)
    for (name, part) in [("head", parts.head), ("tail", parts.tail)] {
        try Data(part.serialized()).write(to: URL(filePath: "\(folder)/\(name).onnx"))
        let shape = try part.inputType(batch: 1).shape.map(String.init)
        print(name, shape.joined(separator: ","))
    }
}

/// Values in -1..<1 that every engine works out for itself.
func values(_ count: Int) -> [Float] {
    (0..<count).map { index in
        Float((UInt32(truncatingIfNeeded: index) &* 2_654_435_761) >> 8) / Float(1 << 23) - 1
    }
}

func measure(_ file: String, output: String, calls: Int) throws {
    guard let bytes = FileManager.default.contents(atPath: file) else {
        fail("there is no \(file)")
    }
    let network = try InferenceEngine().compile(onnx: Array(bytes), name: file, shapes: .batch(1))
    let input = values(network.inputs[0].count)
    var result: [[Float]] = []
    for _ in 0...calls / 10 { result = try network.run([input]) }
    let start = ContinuousClock.now
    for _ in 0..<calls { result = try network.run([input]) }
    let seconds = (ContinuousClock.now - start) / Duration.seconds(1)
    try result[0].withUnsafeBytes { try Data($0).write(to: URL(filePath: output)) }
    FileHandle.standardError.write(Data("\(seconds)\n".utf8))
}

let arguments = CommandLine.arguments
guard arguments.count == 5 else {
    fail("usage: cut NETWORK TENSOR FOLDER | measure NETWORK OUTPUT CALLS")
}
do {
    switch arguments[1] {
    case "cut": try cut(arguments[2], at: arguments[3], into: arguments[4])
    case "measure": try measure(arguments[2], output: arguments[3], calls: Int(arguments[4]) ?? 100)
    default: fail("there is no command \(arguments[1])")
    }
} catch {
    fail("\(error)")
}
