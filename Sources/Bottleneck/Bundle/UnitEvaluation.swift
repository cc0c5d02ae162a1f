/// What a unit costs and what each of its levels yields, as measured once.
package struct UnitEvaluation: Codable, Sendable, Equatable {
    /// One level on the evaluated samples.
    package struct Row: Codable, Sendable, Equatable {
        /// An index into the unit's levels; between two of them when it is no whole number.
        package var level: Double
        /// Mean payload in bytes, envelope included.
        package var bytes: Double
        /// Mean Kullback–Leibler divergence of the predicted classes from the uncut network's, in nats.
        package var divergence: Double
        /// Fraction of samples on which the prediction is the uncut network's.
        package var agreement: Double
        /// Fraction of samples classified right; nil without labels.
        package var top1: Double?

        package init(
            level: Double,
            bytes: Double,
            divergence: Double,
            agreement: Double,
            top1: Double?
        ) {
            self.level = level
            self.bytes = bytes
            self.divergence = divergence
            self.agreement = agreement
            self.top1 = top1
        }
    }

    /// What one of the two graphs costs for one sample.
    package struct GraphCost: Codable, Sendable, Equatable {
        package var multiplyAccumulates: Int
        package var parameters: Int
        /// Size of its ONNX file.
        package var bytes: Int

        package init(multiplyAccumulates: Int, parameters: Int, bytes: Int) {
            self.multiplyAccumulates = multiplyAccumulates
            self.parameters = parameters
            self.bytes = bytes
        }
    }

    /// The evaluated samples, in words or as a path.
    package var data: String
    /// How many samples.
    package var images: Int
    package var rows: [Row]
    package var encoder: GraphCost
    package var decoder: GraphCost
    /// Size of the description of the latent's entropy model, which the levels are no part of.
    package var latentModelBytes: Int

    package init(
        data: String,
        images: Int,
        rows: [Row],
        encoder: GraphCost,
        decoder: GraphCost,
        latentModelBytes: Int
    ) {
        self.data = data
        self.images = images
        self.rows = rows
        self.encoder = encoder
        self.decoder = decoder
        self.latentModelBytes = latentModelBytes
    }
}
