/// Rows of cells in aligned columns between bars, as Markdown has them.
struct TextTable {
    private let header: [String]
    private var rows: [[String]] = []
    /// How many columns from the left are words, and aligned to the left.
    private let textColumns: Int

    init(_ header: [String], textColumns: Int = 1) {
        self.header = header
        self.textColumns = textColumns
    }

    /// A row has as many cells as the header.
    mutating func append(_ cells: [String]) {
        precondition(cells.count == header.count, "every column has a cell")
        rows.append(cells.map { $0.replacing("|", with: "/") })
    }

    /// Lines, each ended.
    var text: String {
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column < textColumns ? cell + padding : padding + cell
            }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        let rule = widths.enumerated().map { column, width in
            String(repeating: "-", count: width + 1) + (column < textColumns ? "-" : ":")
        }
        return line(header) + "|" + rule.joined(separator: "|") + "|\n"
            + rows.map(line).joined()
    }
}
