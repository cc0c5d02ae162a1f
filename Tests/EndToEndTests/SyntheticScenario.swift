/// Work without a network: quick to start, and nothing is cached.
enum SyntheticScenario {
    /// Devices that share no link, and an edge server that serves all at once.
    static func text(
        newcomers: Int,
        duration: String = "20s",
        transport: String = "datagram"
    ) -> String {
        """
        {
          "name": "synthetic", "seed": 3, "duration": "\(duration)",
          "model": { "synthetic": { "payload": "4kB", "result": "100B",
            "device": { "exponential": { "mean": "5ms" } },
            "edge": { "exponential": { "mean": "10ms" } } } },
          "links": { "own": { "transport": "\(transport)",
            "uplink": { "rate": "2Mbit/s", "delay": "10ms", "jitter": "5ms", "loss": 0.01 },
            "downlink": { "rate": "2Mbit/s", "delay": "10ms" } } },
          "devices": [
            { "name": "settled", "count": 6, "link": "own",
              "arrivals": { "poisson": { "rate": "5/s" } } },
            { "name": "newcomers", "count": \(newcomers), "link": "own",
              "arrivals": { "poisson": { "rate": "5/s" } } }
          ],
          "edges": [{ "name": "edge", "count": 2, "slots": 64 }],
          "balancer": "sticky"
        }
        """
    }

    /// Devices with links of their own and on a shared one, and two servers that take turns.
    static let twoServers = """
        {
          "name": "two-servers", "seed": 3, "duration": "4s",
          "model": { "synthetic": { "payload": "2kB", "result": "100B",
            "device": { "exponential": { "mean": "5ms" } },
            "edge": { "exponential": { "mean": "10ms" } } } },
          "links": {
            "own": { "uplink": { "rate": "5Mbit/s", "delay": "10ms" },
              "downlink": { "rate": "5Mbit/s", "delay": "10ms" } },
            "cell": { "shared": true, "uplink": { "rate": "2Mbit/s", "delay": "10ms" },
              "downlink": { "rate": "5Mbit/s", "delay": "10ms" } } },
          "devices": [
            { "name": "own", "count": 10, "link": "own",
              "arrivals": { "poisson": { "rate": "6/s" } } },
            { "name": "cell", "count": 10, "link": "cell",
              "arrivals": { "poisson": { "rate": "6/s" } } }
          ],
          "edges": [{ "name": "edge", "count": 2 }],
          "balancer": "roundRobin"
        }
        """
}
