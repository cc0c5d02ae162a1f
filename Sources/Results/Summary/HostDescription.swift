import Foundation

/// The machine and software that a run was computed on.
package struct HostDescription: Codable, Sendable, Equatable {
    /// The processor's model name.
    package var processor: String
    /// Processors that this process may use.
    package var cores: Int
    package var system: String
    /// The compiler's version.
    package var swift: String
    /// The inference engine and its version; nil when the run needed none.
    package var engine: String?

    package init(
        processor: String,
        cores: Int,
        system: String,
        swift: String,
        engine: String? = nil
    ) {
        self.processor = processor
        self.cores = cores
        self.system = system
        self.swift = swift
        self.engine = engine
    }

    /// This machine; a name that the system does not tell is "unknown".
    package static func current(engine: String? = nil) -> Self {
        Self(
            processor: value(of: "model name", in: "/proc/cpuinfo", separator: ":") ?? "unknown",
            cores: ProcessInfo.processInfo.activeProcessorCount,
            system: value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=") ?? "unknown",
            swift: compilerVersion,
            engine: engine
        )
    }

    /// The first `key separator value` line's value without spaces and quotation marks around it.
    private static func value(of key: String, in path: String, separator: Character) -> String? {
        // A file under /proc has no size in advance, which `String(contentsOfFile:)` relies on.
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: separator, maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == key else {
                continue
            }
            return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
        }
        return nil
    }

    private static var compilerVersion: String {
        #if compiler(>=6.4)
        "6.4 or later"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }
}
