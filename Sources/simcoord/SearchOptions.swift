import ArgumentParser
import Bottleneck
import Runtime

/// What a search for a split point has to keep to: bytes, head or latency.
struct SearchOptions: ParsableArguments {
    @Option(help: "With --search: the earliest cut with at most this many bytes.")
    var maxBytes: Double?

    @Option(
        help:
            "With --search: the fewest bytes with at most this share of the MACs, 0 to 1, on the device."
    )
    var maxHead: Double?

    @Option(help: "With --search: the earliest cut that answers within this many milliseconds.")
    var maxLatency: Double?

    @Option(help: "For --max-latency: the uplink in Mbit/s; by default 1.")
    var uplink: Double?

    @Option(help: "For --max-latency: the round trip in milliseconds; by default 40.")
    var roundTrip: Double?

    @Option(help: "For --max-latency: 10^9 MACs a second on the device; by default 5.")
    var deviceSpeed: Double?

    @Option(help: "For --max-latency: 10^9 MACs a second on the server; by default 100.")
    var serverSpeed: Double?

    @Option(
        help:
            "With --search: the divergence from the uncut network, in nats, that rates are estimated at; by default 0.04."
    )
    var divergence: Double?

    private var budgets: [Double] { [maxBytes, maxHead, maxLatency].compactMap(\.self) }

    /// What --max-latency takes.
    private var path: [Double] {
        [uplink, roundTrip, deviceSpeed, serverSpeed].compactMap(\.self)
    }

    /// Whether any option is there.
    var isGiven: Bool { !budgets.isEmpty || !path.isEmpty || divergence != nil }

    /// At which rates are estimated, in nats.
    var targetDivergence: Double { divergence ?? 0.04 }

    var budget: SplitSearch.Budget {
        get throws {
            guard budgets.count == 1 else {
                throw InvalidInput(
                    "--search needs one of --max-bytes, --max-head and --max-latency"
                )
            }
            if let maxBytes { return .bytes(maxBytes) }
            if let maxHead { return .headShare(maxHead) }
            return .latency(
                (maxLatency ?? 0) / 1e3,
                .init(
                    deviceRate: (deviceSpeed ?? 5) * 1e9,
                    serverRate: (serverSpeed ?? 100) * 1e9,
                    uplink: (uplink ?? 1) * 1e6,
                    roundTrip: (roundTrip ?? 40) / 1e3
                )
            )
        }
    }

    func validate() throws {
        let positive = budgets + [uplink, deviceSpeed, serverSpeed, divergence].compactMap(\.self)
        guard positive.allSatisfy({ $0 > 0 && $0.isFinite }),
            (0..<Double.infinity) ~= roundTrip ?? 0
        else {
            throw ValidationError("budgets, speeds and the divergence are positive")
        }
        guard maxLatency != nil || path.isEmpty else {
            throw ValidationError(
                "--uplink, --round-trip, --device-speed and --server-speed are for --max-latency"
            )
        }
    }
}
