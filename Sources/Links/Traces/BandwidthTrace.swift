package import SimulationCore

/// How fast a link may send over time: a periodic function, shared by all links that follow it.
package struct BandwidthTrace: Sendable, Equatable {
    /// Cumulative service since the trace began, exact; its two forms answer the same questions.
    enum Service: Sendable, Equatable {
        case opportunities(OpportunityTable)
        case rates(RateTable)
    }

    /// One immutable copy for all links.
    final class Storage: Sendable {
        let service: Service
        let latency: DelayTrace?

        init(service: Service, latency: DelayTrace?) {
            self.service = service
            self.latency = latency
        }
    }

    let storage: Storage

    init(service: Service, latency: DelayTrace? = nil) {
        self.storage = Storage(service: service, latency: latency)
    }

    /// After this span the trace repeats.
    package var period: SimulationDuration {
        switch storage.service {
        case .opportunities(let table): table.period
        case .rates(let table): table.period
        }
    }

    /// The delays that `sabre` files state beside the rates.
    package var latency: DelayTrace? { storage.latency }

    /// Mean over the period.
    package var meanBitsPerSecond: Double {
        switch storage.service {
        case .opportunities(let table): table.meanBitsPerSecond
        case .rates(let table): table.meanBitsPerSecond
        }
    }

    /// Mean over `span` from `time` (trace time, without a link's offset), for plots.
    package func meanBitsPerSecond(
        from time: SimulationTime,
        over span: SimulationDuration
    ) -> Double {
        switch storage.service {
        case .opportunities(let table): table.meanBitsPerSecond(from: time, over: span)
        case .rates(let table): table.meanBitsPerSecond(from: time, over: span)
        }
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.storage === right.storage
            || left.storage.service == right.storage.service
                && left.storage.latency == right.storage.latency
    }
}
