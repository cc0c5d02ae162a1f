import COpenVINO

/// The inference engine: compiles ONNX networks for this machine's CPU.
///
/// One serves a process; its networks may outlive the last reference to it.
///
/// `@unchecked Sendable`: the handle never changes, and OpenVINO's core documents its functions as
/// safe to call from several threads at once.
package final class InferenceEngine: @unchecked Sendable {
    let handle: OpaquePointer

    /// The engine's name and build, such as `OpenVINO 2026.4.1-22982-e213a147257-releases/2026/4`.
    package let version: String

    /// The name of the processor that the engine runs on.
    package let processor: String

    /// The instruction set extensions that the engine picks its kernels by, narrowest first, such as
    /// `sse4.1+avx+avx2+fma`.
    package let instructionSet: String

    /// Everything about engine and machine that the bits of a result may depend on.
    ///
    /// It is part of the key of any record of results. The processor belongs to it because kernels are
    /// blocked by cache size.
    package var identity: String { "\(version); \(instructionSet); \(processor)" }

    /// Loads the engine.
    ///
    /// - Throws: `InferenceError` when its libraries are not there or do not work here.
    package init() throws(InferenceError) {
        let (reason, created) = withErrorText { openvino_engine_create($0) }
        guard let created else {
            throw InferenceError(operation: .start, subject: "", reason: reason)
        }
        do throws(InferenceError) {
            version = "OpenVINO " + (try Self.text { openvino_engine_version($0, $1, $2) })
            processor = try Self.text {
                openvino_engine_property(created, "FULL_DEVICE_NAME", $0, $1, $2)
            }
        } catch {
            openvino_engine_destroy(created)
            throw error
        }
        instructionSet =
            withTextBuffer(capacity: Self.textCapacity) {
                openvino_instruction_set($0, Self.textCapacity)
            }.text
        handle = created
    }

    deinit {
        openvino_engine_destroy(handle)
    }

    private static let textCapacity = 1024

    private static func text(
        _ read: (UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<CChar>) -> Bool
    ) throws(InferenceError) -> String {
        let (reason, value) = withErrorText { error in
            withTextBuffer(capacity: textCapacity) { read($0, textCapacity, error) }
        }
        guard value.result else {
            throw InferenceError(operation: .start, subject: "", reason: reason)
        }
        return value.text
    }
}
