/// A run of consecutive symbols that are coded with the same table.
package struct SymbolSegment: Hashable, Sendable {
    /// How many symbols, zero or more.
    package var count: Int

    /// Index of their table.
    package var table: Int

    package init(count: Int, table: Int) {
        precondition(count >= 0 && table >= 0, "a segment has a count and a table")
        self.count = count
        self.table = table
    }
}
