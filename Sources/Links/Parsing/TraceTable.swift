/// Rows of cells, with or without a header: CSV, or columns set apart by blanks.
struct TraceTable {
    let text: TraceText
    /// The columns' names, if the first row is a header.
    let header: [String]?
    /// Indices into `text.lines` of the rows with data.
    let rows: [Int]
    /// Cells in the first data row.
    let columns: Int
    private let separator: UInt8?

    init(_ text: TraceText) throws(TraceError) {
        var rows: [Int] = []
        for (index, line) in text.lines.enumerated() {
            if line.first == UInt8(ascii: "#") { continue }
            guard !TraceText.trimmed(line).isEmpty else {
                throw text.error(line: index, "the line is empty", "remove it")
            }
            rows.append(index)
        }
        guard let first = rows.first else {
            throw text.error(line: nil, "the file is empty", "write at least one row of data")
        }
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";")]
        separator = candidates.first { text.lines[first].contains($0) }
        let names = Self.cells(of: text.lines[first], separator: separator)
        let isHeader = names.first.map { !Self.looksLikeData($0) } ?? false
        self.text = text
        self.header = isHeader ? names.map { String(decoding: $0, as: UTF8.self) } : nil
        self.rows = isHeader ? Array(rows.dropFirst()) : rows
        self.columns = names.count
        guard !self.rows.isEmpty else {
            throw text.error(
                line: nil,
                "there is a header and nothing below it",
                "write at least one row of data"
            )
        }
    }

    /// The cell of a column, counted from 0, in the line at `row`.
    func cell(_ column: Int, row: Int) throws(TraceError) -> ArraySlice<UInt8> {
        let cells = Self.cells(of: text.lines[row], separator: separator)
        guard column < cells.count, !cells[column].isEmpty else {
            throw text.error(
                line: row,
                "there is no value in column \(name(of: column))",
                "fill the cell or remove the row"
            )
        }
        return cells[column]
    }

    /// A column's place from its name or its number counted from 1.
    func column(_ stated: String) throws(TraceError) -> Int {
        if let header, let index = header.firstIndex(of: stated) { return index }
        if let number = Int(stated), number >= 1, number <= columns { return number - 1 }
        let choices = header.map { $0.joined(separator: ", ") } ?? "a number from 1 to \(columns)"
        throw text.error(line: nil, "there is no column '\(stated)'", "write \(choices)")
    }

    /// The only column whose name, without regard to case, is one of `names`; nil if not one.
    func column(named names: [String]) -> Int? {
        guard let header else { return nil }
        let matches = header.indices.filter { names.contains(header[$0].lowercased()) }
        return matches.count == 1 ? matches.first : nil
    }

    func name(of column: Int) -> String {
        guard let header, column < header.count else { return "\(column + 1)" }
        return "'\(header[column])'"
    }

    private static func looksLikeData(_ cell: ArraySlice<UInt8>) -> Bool {
        if CalendarTime.nanoseconds(cell) != nil { return true }
        do {
            _ = try DecimalNumber.parse(cell, times: 1)
            return true
        } catch {
            return error != .notANumber
        }
    }

    static func cells(of line: ArraySlice<UInt8>, separator: UInt8?) -> [ArraySlice<UInt8>] {
        guard let separator else { return line.split(whereSeparator: TraceText.isBlank) }
        return line.split(separator: separator, omittingEmptySubsequences: false).map { cell in
            let trimmed = TraceText.trimmed(cell)
            let isQuoted =
                trimmed.count >= 2 && trimmed.first == UInt8(ascii: "\"")
                && trimmed.last == UInt8(ascii: "\"")
            return isQuoted ? trimmed.dropFirst().dropLast() : trimmed
        }
    }
}
