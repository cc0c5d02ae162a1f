/// Why the inference engine could not do something.
package struct InferenceError: Error, Equatable {
    /// What was being done.
    package enum Operation: String, Sendable {
        case start = "start the inference engine"
        case read = "read the network"
        case shape = "set the input shapes of"
        case compile = "compile the network"
        case infer = "run the network"
    }

    /// What failed.
    package let operation: Operation
    /// The network it failed on; empty when it was the engine itself.
    package let subject: String
    /// What was wrong, in words; the engine's own where it gave any.
    package let reason: String

    /// What to do about it.
    package var advice: String {
        switch operation {
        case .start: "run Tools/bootstrap, which unpacks the engine into .openvino"
        case .read: "give a complete ONNX file with operators the engine has"
        case .shape: "give a positive size for every dimension, in a shape that the network accepts"
        case .compile: "give float32 inputs and outputs of fixed shape"
        case .infer: "give each input as many values as its shape says"
        }
    }
}

extension InferenceError: CustomStringConvertible {
    package var description: String {
        let subject = subject.isEmpty ? "" : " \(subject)"
        return "cannot \(operation.rawValue)\(subject): \(reason); \(advice)"
    }
}
