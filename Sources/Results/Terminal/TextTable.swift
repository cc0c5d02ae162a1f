/// Rows of cells in aligned columns: the first column to the left, the others to the right.
struct TextTable {
    private var rows: [[String]] = []
    private let indentation: String

    init(indentation: Int = 2) {
        self.indentation = String(repeating: " ", count: indentation)
    }

    mutating func append(_ cells: [String]) { rows.append(cells) }

    /// One string a row; columns are two spaces apart.
    var lines: [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { cells in
            var line = indentation
            for (column, cell) in cells.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? cell + padding : "  " + padding + cell
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
