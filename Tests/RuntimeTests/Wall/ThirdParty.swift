import Foundation
import TestSupport

/// Runs `ThirdParty/device.py`.
enum ThirdParty {
    /// A Python that has what the script imports: of `.cache/venv`, or the system's.
    static var python: String? {
        [PackageFolder.path + "/.cache/venv/bin/python3", "/usr/bin/python3"].first { path in
            guard FileManager.default.isExecutableFile(atPath: path) else { return false }
            return (try? run(path, ["-c", "import zmq, google.protobuf"]))?.status == 0
        }
    }

    static func send(
        _ payload: [UInt8],
        to endpoint: String,
        point: String
    ) throws -> (status: Int32, output: String) {
        let file = NSTemporaryDirectory() + "payload-\(UUID().uuidString)"
        try Data(payload).write(to: URL(fileURLWithPath: file))
        defer { unlink(file) }
        let script = PackageFolder.path + "/Tests/RuntimeTests/ThirdParty/device.py"
        return try run(python ?? "python3", [script, endpoint, point, file])
    }

    private static func run(
        _ path: String,
        _ arguments: [String]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
