import Foundation

/// What the kernel knows of processes, read from `/proc`.
enum ProcessTable {
    static func children(of parent: Int32) -> [Int32] {
        let tasks = "/proc/\(parent)/task"
        // A process that has ended meanwhile has no children.
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return threads.flatMap { thread in
            text("\(tasks)/\(thread)/children").split(separator: " ").compactMap { Int32($0) }
        }
    }

    static func arguments(of process: Int32) -> [String] {
        text("/proc/\(process)/cmdline").split(separator: "\0").map(String.init)
    }

    /// Waits, at most 20 s, until all the processes are gone; one that nobody reaps yet is gone too.
    static func areGone(_ processes: some Collection<Int32>) -> Bool {
        for _ in 0..<2_000 {
            if processes.allSatisfy(isGone) { return true }
            usleep(10_000)
        }
        return false
    }

    private static func isGone(_ process: Int32) -> Bool {
        let status = text("/proc/\(process)/stat")
        return status.isEmpty || status.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    /// Empty when the file is not there (any more).
    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
