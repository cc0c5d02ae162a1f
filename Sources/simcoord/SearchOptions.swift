import ArgumentParser
import Bottleneck

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

    @Option(help: "For --max-latency: the uplink in Mbit/s.")
    var uplink = 1.0

    @Option(help: "For --max-latency: the round trip in milliseconds.")
    var roundTrip = 40.0

    @Option(help: "For --max-latency: 10^9 MACs a second on the device.")
    var deviceSpeed = 5.0

    @Option(help: "For --max-latency: 10^9 MACs a second on the server.")
    var serverSpeed = 100.0

    @Option(help: "The divergence from the uncut network, in nats, that rates are estimated at.")
    var divergence = 0.04

    var budget: SplitSearch.Budget {
        get throws {
            let budgets: [SplitSearch.Budget?] = [
                maxBytes.map { .bytes($0) }, maxHead.map { .headShare($0) },
                maxLatency.map { milliseconds in
                    .latency(
                        milliseconds / 1e3,
                        .init(
                            deviceRate: deviceSpeed * 1e9,
                            serverRate: serverSpeed * 1e9,
                            uplink: uplink * 1e6,
                            roundTrip: roundTrip / 1e3
                        )
                    )
                },
            ]
            let given = budgets.compactMap(\.self)
            guard given.count == 1, let budget = given.first else {
                throw ValidationError(
                    "--search needs one of --max-bytes, --max-head and --max-latency"
                )
            }
            return budget
        }
    }

    func validate() throws {
        let positive = [
            maxBytes, maxHead, maxLatency, uplink, deviceSpeed, serverSpeed, divergence,
        ].compactMap(\.self)
        guard positive.allSatisfy({ $0 > 0 }), roundTrip >= 0 else {
            throw ValidationError("budgets, speeds and the divergence are positive")
        }
    }
}
