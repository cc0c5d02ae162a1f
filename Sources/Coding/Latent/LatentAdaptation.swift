/// The steps from which an encoder chooses one for each latent, sent as the first symbol.
///
/// Choice i multiplies the level's steps by 2^((i − `neutral`) · `unit` / 16).
package struct LatentAdaptation: Hashable, Sendable {
    /// How many choices there may be; one takes no bits.
    package static let choiceCounts = 1...256

    /// What `unit` may be.
    package static let units = 1...64

    /// How likely each choice is; nil if there is only one.
    package let table: FrequencyTable?

    /// The choice that leaves the level's steps as they are.
    package let neutral: Int

    /// Distance of neighbouring choices, in units of 1/16 octave.
    package let unit: Int

    package var choiceCount: Int { table?.alphabetSize ?? 1 }

    /// Every latent has the level's steps.
    package static let none = LatentAdaptation()

    private init() { (table, neutral, unit) = (nil, 0, 1) }

    /// - Throws: `CodingError.malformedDescription` unless the table has at least two symbols, all of
    ///   them possible, and the choices lie within ±16 octaves.
    package init(table: FrequencyTable, neutral: Int, unit: Int) throws(CodingError) {
        guard table.alphabetSize > 1, table.coversAlphabet, Self.units.contains(unit),
            (0..<table.alphabetSize).contains(neutral),
            max(neutral, table.alphabetSize - 1 - neutral) * unit <= 256
        else { throw .malformedDescription("an adaptation of the step is out of range") }
        self.table = table
        self.neutral = neutral
        self.unit = unit
    }

    /// What choice `index` adds to the offset of every step, in units of 1/16 octave.
    func offset(of index: Int) -> Int {
        precondition((0..<choiceCount).contains(index), "the adaptation has such a choice")
        return (index - neutral) * unit
    }
}
