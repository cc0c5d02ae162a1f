/// How a unit came about, so that it can be made again.
package struct DesignRecord: Codable, Sendable, Equatable {
    /// The samples it was designed on, in words or as a path.
    package var data: String
    /// How many samples.
    package var samples: Int
    /// Views of each sample.
    package var views: Int
    package var seed: UInt64
    /// What was chosen, by the options' names.
    package var options: [String: String]
    /// Of the program, the engine and whatever else had a part in it, by name.
    package var versions: [String: String]
    /// How long the design took, in seconds; nil where nobody measured.
    package var seconds: Double?

    package init(
        data: String,
        samples: Int,
        views: Int = 1,
        seed: UInt64,
        options: [String: String] = [:],
        versions: [String: String] = [:],
        seconds: Double? = nil
    ) {
        self.data = data
        self.samples = samples
        self.views = views
        self.seed = seed
        self.options = options
        self.versions = versions
        self.seconds = seconds
    }
}
