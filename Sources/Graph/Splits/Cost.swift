/// What a network, or a part of one, costs for one input.
package struct Cost: Hashable, Sendable {
    /// Multiply-accumulate operations; see `Network.multiplyAccumulates`.
    package var multiplyAccumulates: Int
    /// Elements of the distinct floating-point constants that are read, statistics of batch
    /// normalisation included; scalars, which are settings of an operator, do not count.
    package var parameters: Int

    package init(multiplyAccumulates: Int, parameters: Int) {
        self.multiplyAccumulates = multiplyAccumulates
        self.parameters = parameters
    }
}
