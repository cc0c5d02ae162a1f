/// A device or server class: how much slower than the profile's host each stage is.
package struct Hardware: Sendable, Equatable {
    package var name: String
    /// Duration on this hardware over duration on the profile's host.
    package var factors: Factors
    package var power: Power
    /// Where the figures come from; says so when they are estimates.
    package var source: String
    /// Its batching curve differs from the host's, so that factors do not describe it.
    package var needsOwnProfile: Bool

    package init(
        name: String,
        factors: Factors,
        power: Power,
        source: String,
        needsOwnProfile: Bool = false
    ) {
        self.name = name
        self.factors = factors
        self.power = power
        self.source = source
        self.needsOwnProfile = needsOwnProfile
    }

    package struct Factors: Sendable, Equatable {
        /// The network, or a part of it.
        package var inference: Double
        /// Quantiser, entropy coder and image codecs.
        package var coding: Double

        package init(inference: Double, coding: Double) {
            self.inference = inference
            self.coding = coding
        }
    }

    /// In watts.
    package struct Power: Sendable, Equatable {
        /// The whole machine at rest.
        package var idle: Double
        /// The whole machine while it computes; at a server, with all slots busy.
        package var compute: Double
        /// What the radio adds while it sends.
        package var transmit: Double

        package init(idle: Double, compute: Double, transmit: Double) {
            self.idle = idle
            self.compute = compute
            self.transmit = transmit
        }
    }
}
