import Foundation

/// A queueing system as a scenario of synthetic work, and what theory says of it in the long run.
///
/// The mean service takes a second where nothing else is said; W_q is the wait alone, the sojourn wait and
/// service.
struct QueueingLaw: CustomStringConvertible, Sendable {
    /// A figure of the summary and its expected value: seconds for durations.
    struct Figure: Sendable {
        var path: String
        var value: Double
    }

    var description: String
    var edge: String
    var device = #"{ "constant": "0s" }"#
    var arrivals: String
    var servers = 1
    /// The uplink; nothing takes no time on it.
    var link = #"{ "rate": "1Gbit/s" }"#
    var payload = "0B"
    /// In seconds; sixty thousand requests or so.
    var duration: Int
    var figures: [Figure]

    /// The scenario's text.
    var scenario: String {
        """
        {
          "name": "law", "duration": "\(duration)s", "drain": "1h",
          "model": { "synthetic": { "payload": "\(payload)", "result": "0B",
            "device": \(device), "edge": \(edge) } },
          "links": { "own": { "uplink": \(link), "downlink": { "rate": "1Gbit/s" } } },
          "devices": [{ "name": "source", "link": "own",
            "queue": 1000000, "arrivals": \(arrivals) }],
          "edges": [{ "name": "edge", "slots": \(servers), "queue": 1000000 }]
        }
        """
    }
}

extension QueueingLaw {
    /// Waits of M/M/c are from Erlang's C formula, M/D/1 and M/G/1 from Pollaczek's and Khinchine's;
    /// the 99th percentiles from the exponential sojourn of M/M/1 and Erlang's wait in M/D/1 (Gross
    /// and others, Fundamentals of queueing theory, 4th edition, chapters 2 and 5).
    static let all: [QueueingLaw] =
        [
            markovian(load: 0.5, wait: 1, p99: 9.2103),
            markovian(load: 0.8, wait: 4, p99: 23.0259),
            markovian(load: 0.9, wait: 9, p99: 46.0517),
            deterministic(load: 0.5, wait: 0.5, p99: 3.3363),
            deterministic(load: 0.8, wait: 2, p99: 10.3559),
            deterministic(load: 0.9, wait: 4.5, p99: 21.8982),
            markovian(servers: 2, load: 0.8, wait: 1.777778),
            markovian(servers: 4, load: 0.9, wait: 1.969383),
            markovian(servers: 8, load: 0.9, wait: 0.876916),
            uniform, tandem, dropTail,
        ]

    private static func markovian(load: Double, wait: Double, p99: Double) -> QueueingLaw {
        QueueingLaw(
            description: "M/M/1 at \(load)",
            edge: exponential,
            arrivals: poisson(load),
            duration: Int(60_000 / load),
            figures: [
                Figure(path: "stages.edgeWait.mean", value: wait),
                Figure(path: "latency.p99", value: p99),
            ]
        )
    }

    private static func deterministic(load: Double, wait: Double, p99: Double) -> QueueingLaw {
        QueueingLaw(
            description: "M/D/1 at \(load)",
            edge: constant,
            arrivals: poisson(load),
            duration: Int(60_000 / load),
            figures: [
                Figure(path: "stages.edgeWait.mean", value: wait),
                Figure(path: "stages.edgeWait.p99", value: p99),
            ]
        )
    }

    private static func markovian(servers: Int, load: Double, wait: Double) -> QueueingLaw {
        QueueingLaw(
            description: "M/M/\(servers) at \(load)",
            edge: exponential,
            arrivals: poisson(load * Double(servers)),
            servers: servers,
            duration: Int(60_000 / load) / servers,
            figures: [Figure(path: "stages.edgeWait.mean", value: wait)]
        )
    }

    /// λ E[S²] / (2 (1 − ρ)), S uniform on 0...2: E[S²] = 4/3.
    private static let uniform = QueueingLaw(
        description: "M/G/1 at 0.8, uniform service",
        edge: #"{ "uniform": { "low": "0s", "high": "2s" } }"#,
        arrivals: poisson(0.8),
        duration: 75_000,
        figures: [Figure(path: "stages.edgeWait.mean", value: 0.8 * (4.0 / 3) / 0.4)]
    )

    /// By Burke's theorem the departures of an M/M/1 station are Poisson again.
    private static let tandem = QueueingLaw(
        description: "Jackson tandem: 0.4 on the device, 0.8 at the edge",
        edge: exponential,
        device: #"{ "exponential": { "mean": "500ms" } }"#,
        arrivals: poisson(0.8),
        duration: 75_000,
        figures: [
            Figure(path: "stages.deviceWait.mean", value: 0.5 * 0.4 / 0.6),
            Figure(path: "stages.edgeWait.mean", value: 4),
        ]
    )

    /// 1000 bytes at 8 kbit/s take a second; no more than three are on the link or wait.
    private static let dropTail = QueueingLaw(
        description: "M/D/1/3 on a link that drops its tail, at 0.8",
        edge: #"{ "constant": "0s" }"#,
        arrivals: poisson(0.8),
        link: #"{ "rate": "8kbit/s", "queue": "3000B" }"#,
        payload: "1000B",
        duration: 75_000,
        figures: [
            Figure(path: "dropped", value: lossOfConstantService(load: 0.8, capacity: 3))
        ]
    )

    private static let exponential = #"{ "exponential": { "mean": "1s" } }"#
    private static let constant = #"{ "constant": "1s" }"#

    private static func poisson(_ rate: Double) -> String {
        #"{ "poisson": { "rate": "\#(rate)/s" } }"#
    }

    /// The share of arrivals that M/D/1/K turns away: 1 − 1 / (π₀ + ρ), π the distribution that
    /// departures leave behind, by the embedded Markov chain (Gross and others, section 5.1.8).
    static func lossOfConstantService(load: Double, capacity: Int) -> Double {
        // Arrivals during a service.
        var arrivals = [exp(-load)]
        for count in 1...capacity { arrivals.append(arrivals[count - 1] * load / Double(count)) }
        // π up to a factor, from π_j = π₀ a_j + Σ_{i=1}^{j+1} π_i a_{j+1−i}.
        var weights = [1.0]
        for state in 0..<capacity - 1 {
            var sum = weights[state] - weights[0] * arrivals[state]
            for index in 1..<max(state + 1, 1) {
                sum -= weights[index] * arrivals[state + 1 - index]
            }
            weights.append(sum / arrivals[0])
        }
        return 1 - 1 / (weights[0] / weights.reduce(0, +) + load)
    }
}
