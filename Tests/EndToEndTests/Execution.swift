import Foundation
import Testing

/// A running `simcoord`.
final class Execution {
    /// Seconds until a process that does not end is killed.
    private static let bound = 120.0

    private let process = Process()
    private let output: String
    private let errors: String
    private var children: Set<Int32> = []

    /// Starts simcoord in the workspace's folder, in the place of a shell that ran the commands `setting`.
    init(_ arguments: [String], in workspace: Workspace, after setting: String? = nil) throws {
        let name = UUID().uuidString
        output = workspace.path("\(name).out")
        errors = workspace.path("\(name).err")
        let executable = try Self.executable
        if let setting {
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", setting + #"; exec "$0" "$@""#, executable] + arguments
        } else {
            process.executableURL = URL(filePath: executable)
            process.arguments = arguments
        }
        process.currentDirectoryURL = URL(filePath: workspace.folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(output)
        process.standardError = try Self.file(errors)
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Beside the test bundle, where the build puts every product.
    private static var executable: String {
        get throws {
            let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            let path = bundle.appending(path: "simcoord").path
            try #require(
                FileManager.default.isExecutableFile(atPath: path),
                "no simcoord at \(path)"
            )
            return path
        }
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until the process has ended.
    func wait() throws -> Finished {
        try waitUntil { false }
        let end: Finished.End =
            process.terminationReason == .exit
            ? .code(process.terminationStatus) : .signal(process.terminationStatus)
        return Finished(
            end: end,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8),
            children: children
        )
    }

    /// Waits for workers of a role, and returns their process numbers.
    func workers(_ role: String, count: Int) throws -> [Int32] {
        var found: [Int32] = []
        try waitUntil {
            found = children.filter { ProcessTable.arguments(of: $0).contains(role) }
            return found.count == count
        }
        try #require(found.count == count, "the run ended without \(count) workers of role \(role)")
        return found.sorted()
    }

    /// Waits until requests have been committed to the record, which then outgrows its empty tables.
    func waitForRows(of database: String, outgrowing bytes: Int = 500_000) throws {
        try waitUntil {
            let attributes = try? FileManager.default.attributesOfItem(atPath: database)
            return attributes?[.size] as? Int ?? 0 > bytes
        }
    }

    /// Looks every few milliseconds; returns at the latest when the process has ended.
    private func waitUntil(_ isDone: () -> Bool) throws {
        let deadline = Date(timeIntervalSinceNow: Self.bound)
        while process.isRunning {
            children.formUnion(ProcessTable.children(of: process.processIdentifier))
            if isDone() { return }
            if Date() > deadline {
                kill(process.processIdentifier, SIGKILL)
                throw ExecutionError.endless(arguments: process.arguments ?? [])
            }
            usleep(3_000)
        }
    }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }
}

enum ExecutionError: Error {
    case endless(arguments: [String])
}
