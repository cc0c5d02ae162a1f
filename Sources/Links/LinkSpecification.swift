package import SimulationCore

/// One direction of a network path, as a scenario describes it; the state lives in `Link`.
package struct LinkSpecification: Sendable, Equatable {
    /// How fast bytes leave.
    package var capacity: Capacity
    /// Propagation delay, added after the last byte has left.
    package var delay: Delay
    /// Upper end of the uniform extra delay drawn per message; it never reorders messages, and TCP's
    /// acknowledgements do not feel it.
    package var jitter: SimulationDuration
    package var loss: LossModel
    /// What happens to a datagram that lost a packet; TCP decides itself.
    package var retransmission: Retransmission
    /// Drop-tail bounds on what waits or is being sent.
    package var queue: QueueBound
    /// Bytes the link adds to what the coder produced.
    package var overhead: Overhead
    /// Where a device enters the trace.
    package var offset: TraceOffset

    package init(
        capacity: Capacity,
        delay: Delay = .constant(.zero),
        jitter: SimulationDuration = .zero,
        loss: LossModel = .none,
        retransmission: Retransmission = Retransmission(),
        queue: QueueBound = QueueBound(),
        overhead: Overhead = Overhead(),
        offset: TraceOffset = .fixed(.zero)
    ) {
        self.capacity = capacity
        self.delay = delay
        self.jitter = jitter
        self.loss = loss
        self.retransmission = retransmission
        self.queue = queue
        self.overhead = overhead
        self.offset = offset
    }

    package enum Capacity: Sendable, Equatable {
        /// Bits per second; positive.
        case constant(bitsPerSecond: Int64)
        case trace(BandwidthTrace)
    }

    package enum Delay: Sendable, Equatable {
        case constant(SimulationDuration)
        case trace(DelayTrace)

        /// The least that any message takes.
        package var shortest: SimulationDuration {
            switch self {
            case .constant(let delay): delay
            case .trace(let trace): trace.shortest
            }
        }
    }

    package enum LossModel: Sendable, Equatable {
        case none
        /// Each packet is lost with this probability, independently.
        case bernoulli(probability: Double)
        /// Two-state Markov chain advanced per packet (Gilbert 1960, Elliott 1963): probabilities
        /// of moving good to bad and bad to good, and of losing a packet in either state.
        case gilbertElliott(
            goodToBad: Double,
            badToGood: Double,
            lossInGood: Double,
            lossInBad: Double
        )
    }

    /// A message that lost a packet rejoins the queue's tail `timeout` after its end, at most
    /// `attempts` times; 0 attempts loses it at once.
    package struct Retransmission: Sendable, Equatable {
        package var timeout: SimulationDuration
        package var attempts: Int

        package init(timeout: SimulationDuration = .milliseconds(200), attempts: Int = 3) {
            self.timeout = timeout
            self.attempts = attempts
        }
    }

    /// A message is admitted whole when the bytes and the packets stay within the bounds, or when
    /// the queue is empty; nil is unbounded.
    package struct QueueBound: Sendable, Equatable {
        package var bytes: Int?
        package var packets: Int?

        package init(bytes: Int? = nil, packets: Int? = nil) {
            self.bytes = bytes
            self.packets = packets
        }
    }

    package struct Overhead: Sendable, Equatable {
        package var perMessage: Int
        package var perPacket: Int

        package init(perMessage: Int = 0, perPacket: Int = 0) {
            self.perMessage = perMessage
            self.perPacket = perPacket
        }
    }

    package enum TraceOffset: Sendable, Equatable {
        case fixed(SimulationDuration)
        /// Uniform over the trace's period, drawn per device.
        case random
    }
}
