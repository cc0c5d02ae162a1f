import FoundationEssentials

extension ImageFolder {
    /// In bytes.
    private static let largestTable = 512 << 20

    /// Reads the class of every image from a CSV file with a header line that names a column `file`,
    /// whose entries are those of `files`, and a column `class_index`, counted from 0; other columns
    /// are passed over, and so is a byte order mark.
    ///
    /// - Parameter path: Of the CSV file.
    /// - Returns: As many classes as `files` has elements, in their order.
    /// - Throws: `ImageFileError` when the table cannot be read, lacks a column, has a line that does
    ///   not fit, names a file that is not there or one twice, or leaves an image without a class.
    package func labels(path: String) throws(ImageFileError) -> [Int] {
        let lines = try Self.lines(path)
        let header = Self.cells(lines.first ?? "")
        guard let name = header.firstIndex(of: "file"),
            let label = header.firstIndex(of: "class_index")
        else {
            throw ImageFileError(
                file: path,
                problem: "its first line does not name the columns file and class_index",
                remedy: "begin it with the line file,class_index"
            )
        }
        // By their bytes: equal strings may be of different bytes, and so the names of two files.
        let places = Dictionary(
            uniqueKeysWithValues: zip(files.map { Array($0.utf8) }, files.indices)
        )
        var labels = [Int?](repeating: nil, count: files.count)
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let cells = Self.cells(line)
            func fault(_ problem: String, _ remedy: String) -> ImageFileError {
                ImageFileError(file: path, problem: "line \(index + 1) \(problem)", remedy: remedy)
            }
            guard cells.count > max(name, label) else {
                throw fault("has \(cells.count) columns", "write as many as in the first line")
            }
            guard let value = Int(cells[label]), value >= 0 else {
                throw fault(
                    "has the class “\(cells[label])”",
                    "write the class's number, counted from 0"
                )
            }
            guard let place = places[Array(cells[name].utf8)] else {
                throw fault(
                    "names the image “\(cells[name])”, which is not in \(self.path)",
                    "correct the name, or remove the line"
                )
            }
            guard labels[place] == nil else {
                throw fault("names the image “\(cells[name])” again", "remove one of the lines")
            }
            labels[place] = value
        }
        return try complete(labels, path)
    }

    private func complete(_ labels: [Int?], _ path: String) throws(ImageFileError) -> [Int] {
        let known = labels.compactMap(\.self)
        guard let missing = labels.firstIndex(of: nil) else { return known }
        throw ImageFileError(
            file: path,
            problem: "it has no line for the image “\(files[missing])”",
            remedy: "add one, or remove the image from the folder"
        )
    }

    private static func lines(_ path: String) throws(ImageFileError) -> [Substring] {
        let bytes = try FileStatus.contents(of: path, limit: largestTable)
        let mark = Array("\u{FEFF}".utf8)
        let start = bytes.starts(with: mark) ? mark.count : 0
        guard let text = String(validating: bytes.dropFirst(start), as: UTF8.self) else {
            throw ImageFileError(
                file: path,
                problem: "it is not text in UTF-8",
                remedy: "name a CSV file with the columns file and class_index"
            )
        }
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// The cells of a line: commas inside double quotes belong to a cell, the quotes do not.
    private static func cells(_ line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
