/// What a family's tables met in observed latents: the material to fit them to.
package struct LatentTally: Sendable {
    /// For each table, how often each of its symbols occurred, in the order of `LatentSymbol`.
    package var counts: [[UInt64]]

    /// For each table, the sum over the values that are not zero of |value| − |number| / step.
    private(set) var displacements: [Double]

    /// An empty tally for `family`.
    package init(_ family: LatentFamily) {
        counts = family.tables.map { [UInt64](repeating: 0, count: $0.alphabetSize) }
        displacements = family.tables.map { _ in 0 }
    }

    /// Adds a latent.
    ///
    /// - Parameters:
    ///   - latent: The numbers, channel-major.
    ///   - values: What they were quantised to.
    ///   - codec: A codec with the tally's family, at the level at which they were quantised.
    package mutating func add(_ latent: [Float], values: [Int16], codec: LatentCodec) {
        precondition(latent.count == values.count, "every number has its value")
        let steps = codec.level.steps
        for (index, table) in codec.tables(for: values).enumerated() {
            let value = Int(values[index])
            let limit = codec.model.limits[table]
            let escapes = abs(value) > limit
            counts[table][escapes ? 2 * limit + 1 : LatentSymbol.zigzag(value)] += 1
            guard value != 0, latent[index].isFinite else { continue }
            let step = steps[index * steps.count / latent.count]
            let number = Double(latent[index]) / Double(step) * Double(value.signum())
            displacements[table] += Double(abs(value)) - number
        }
    }
}
