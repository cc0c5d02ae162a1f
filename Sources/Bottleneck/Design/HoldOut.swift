/// Which of a set's images are kept out of all design, so that a unit can be evaluated on them.
///
/// The rule depends on the two numbers alone, so that design and evaluation agree without being told:
/// image ⌊(3k + 2) · `count` / (3 · `heldOut`)⌋ for every k below `heldOut`, which spreads them
/// evenly.
package struct HoldOut: Equatable, Sendable {
    /// Ascending.
    package let evaluation: [Int]
    /// The others, ascending.
    package let design: [Int]

    /// - Parameters:
    ///   - heldOut: 0...`count`.
    ///   - count: How many images there are.
    package init(_ heldOut: Int, of count: Int) {
        precondition((0...count).contains(heldOut), "images held out are images of the set")
        let evaluation = (0..<heldOut).map { (3 * $0 + 2) * count / (3 * heldOut) }
        let isHeldOut = Set(evaluation)
        self.evaluation = evaluation
        design = (0..<count).filter { !isHeldOut.contains($0) }
    }
}
