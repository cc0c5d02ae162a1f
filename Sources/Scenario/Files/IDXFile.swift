import Foundation

/// A file of unsigned bytes in the IDX format of the MNIST data sets: two zero bytes, the type
/// (8, unsigned byte), the number of dimensions, each dimension as a big-endian 32-bit number, then
/// the elements in row-major order (http://yann.lecun.com/exdb/mnist/).
package struct IDXFile: Sendable, Equatable {
    package let path: String
    /// Items first, then the dimensions of one item; all positive.
    package let dimensions: [Int]

    static let mostDimensions = 4
    static let largestFile: UInt64 = 64 << 30

    /// Reads the header and checks it against the file's size.
    package init(path: String) throws(IDXError) {
        self.path = path
        let header: [UInt8]
        let size: UInt64
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            header = [UInt8](try handle.read(upToCount: 4 + 4 * Self.mostDimensions) ?? Data())
            size = try handle.seekToEnd()
        } catch {
            throw IDXError(
                file: path,
                problem: "cannot be read (\(error.localizedDescription))",
                remedy: "check that it is a readable file"
            )
        }
        self.dimensions = try Self.dimensions(of: header, path: path)
        try checkSize(size)
    }

    /// Items in the file.
    package var count: Int { dimensions[0] }

    /// Bytes of one item.
    package var itemBytes: Int { dimensions.dropFirst().reduce(1, *) }

    package var headerBytes: Int { 4 + 4 * dimensions.count }

    /// The bytes of the items `range`, one after the other.
    package func read(_ range: Range<Int>) throws(IDXError) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        let wanted = range.count * itemBytes
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            try handle.seek(toOffset: UInt64(headerBytes + range.lowerBound * itemBytes))
            let bytes = [UInt8](try handle.read(upToCount: wanted) ?? Data())
            if bytes.count == wanted { return bytes }
        } catch {
            throw IDXError(
                file: path,
                problem: "cannot be read (\(error.localizedDescription))",
                remedy: "check that it is a readable file"
            )
        }
        throw IDXError(
            file: path,
            problem: "ends before item \(range.upperBound)",
            remedy: "restore the complete file"
        )
    }

    private static func dimensions(of header: [UInt8], path: String) throws(IDXError) -> [Int] {
        if header.starts(with: [0x1f, 0x8b]) {
            throw IDXError(path, "is compressed", "unpack it with gunzip")
        }
        guard header.count >= 4, header.starts(with: [0, 0, 8]),
            1...mostDimensions ~= Int(header[3])
        else {
            throw IDXError(
                path,
                "is not an IDX file of bytes",
                "name a file such as t10k-images-idx3-ubyte"
            )
        }
        let count = Int(header[3])
        guard header.count >= 4 + 4 * count else {
            throw IDXError(path, "is truncated in its header", "restore the complete file")
        }
        let dimensions = (0..<count).map { index in
            header[(4 + 4 * index)..<(8 + 4 * index)].reduce(0) { $0 << 8 | Int($1) }
        }
        guard dimensions.allSatisfy({ $0 > 0 }) else {
            throw IDXError(path, "holds no items", "name a file with items")
        }
        return dimensions
    }

    private func checkSize(_ size: UInt64) throws(IDXError) {
        var expected = UInt64(headerBytes)
        var elements: UInt64 = 1
        for dimension in dimensions {
            let (product, overflow) = elements.multipliedReportingOverflow(by: UInt64(dimension))
            elements = overflow || product > Self.largestFile ? Self.largestFile : product
        }
        expected += elements
        if size < expected {
            throw IDXError(
                path,
                "is truncated: its header announces \(expected) bytes, it has \(size)",
                "restore the complete file"
            )
        }
        if size > expected {
            throw IDXError(
                path,
                "is longer than its header says: \(size) bytes instead of \(expected)",
                "restore the original file"
            )
        }
    }
}

extension IDXError {
    fileprivate init(_ file: String, _ problem: String, _ remedy: String) {
        self.init(file: file, problem: problem, remedy: remedy)
    }
}
