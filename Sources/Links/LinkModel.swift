/// What all links of one specification and direction have in common, held once.
package struct LinkModel: Sendable {
    /// One immutable copy for all links.
    final class Storage: Sendable {
        let specification: LinkSpecification
        let direction: LinkDirection
        let seed: UInt64

        init(specification: LinkSpecification, direction: LinkDirection, seed: UInt64) {
            self.specification = specification
            self.direction = direction
            self.seed = seed
        }
    }

    let storage: Storage

    /// - Parameter seed: the scenario's.
    package init(_ specification: LinkSpecification, direction: LinkDirection, seed: UInt64) {
        self.storage = Storage(specification: specification, direction: direction, seed: seed)
    }

    package var specification: LinkSpecification { storage.specification }
}
