package import SimulationCore

extension SimulationDuration {
    /// A duration as scenarios have them, such as `"20ms"`; nil for any other text, or a negative one.
    package init?(text: String) {
        guard case .success(let nanoseconds) = Dimension.duration.parse(text) else { return nil }
        self.init(nanoseconds: nanoseconds)
    }
}
