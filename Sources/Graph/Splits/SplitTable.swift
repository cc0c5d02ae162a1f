/// The list of split points that `simcoord splits` prints.
package enum SplitTable {
    private static let heading = [
        "tensor", "shape", "bytes", "head MACs", "tail MACs", "head params", "tail params",
    ]

    /// One line a split point under a heading, columns aligned, each line ended by a newline.
    ///
    /// Bytes are exact, of one uncompressed tensor; counts have three digits and a decimal unit.
    package static func render(_ points: [SplitPoint]) -> String {
        let rows = [heading] + points.map(row)
        let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column < 2 ? cell + space : space + cell
            }
            return cells.joined(separator: "  ") + "\n"
        }.joined()
    }

    private static func row(_ point: SplitPoint) -> [String] {
        [
            point.tensor,
            point.type.shape.map(String.init).joined(separator: "x"),
            String(point.type.bytes),
            rounded(point.head.multiplyAccumulates),
            rounded(point.tail.multiplyAccumulates),
            rounded(point.head.parameters),
            rounded(point.tail.parameters),
        ]
    }

    /// `count` to three digits: 999, 1.00k, 61.1M, 15.5G.
    package static func rounded(_ count: Int) -> String {
        var value = Double(count)
        var units = ["k", "M", "G", "T"][...]
        var unit = ""
        // 999.5 and more would print as 1000 of the smaller unit.
        while value >= (unit.isEmpty ? 1000 : 999.5), let next = units.popFirst() {
            value /= 1000
            unit = next
        }
        guard !unit.isEmpty else { return String(count) }
        let decimals = value < 9.995 ? 100.0 : value < 99.95 ? 10.0 : 1.0
        let scaled = Int((value * decimals).rounded())
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: Int(decimals))
        guard decimals > 1 else { return "\(whole)\(unit)" }
        let padding = decimals == 100 && fraction < 10 ? "0" : ""
        return "\(whole).\(padding)\(fraction)\(unit)"
    }
}
