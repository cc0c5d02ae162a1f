import CLAPACK

/// A symmetric matrix of `size` × `size` numbers, stored whole, row by row.
struct SymmetricMatrix: Equatable {
    let size: Int
    private(set) var values: [Double]

    /// - Parameters:
    ///   - size: Rows, and columns.
    ///   - values: Row by row; rounding errors of the symmetry are taken out.
    init(size: Int, _ values: [Double]) {
        precondition(values.count == size * size, "a matrix of \(size) × \(size)")
        self.size = size
        self.values = values
        for row in 0..<size {
            for column in 0..<row {
                let mean = (values[row * size + column] + values[column * size + row]) / 2
                self.values[row * size + column] = mean
                self.values[column * size + row] = mean
            }
        }
    }

    /// The sum of the diagonal.
    var trace: Double { (0..<size).reduce(0) { $0 + values[$1 * size + $1] } }

    static func + (left: Self, right: Self) -> Self {
        Self(size: left.size, zip(left.values, right.values).map(+))
    }

    static func * (factor: Double, matrix: Self) -> Self {
        Self(size: matrix.size, matrix.values.map { factor * $0 })
    }

    /// Adds `value` to the diagonal.
    func addingToDiagonal(_ value: Double) -> Self {
        var sum = self
        for index in 0..<size { sum.values[index * size + index] += value }
        return sum
    }

    /// Eigenvalues, falling, and the eigenvectors as the rows of a matrix; LAPACK's `dsyevd`.
    ///
    /// The sign of an eigenvector, which is arbitrary, is such that its largest element is positive.
    ///
    /// - Throws: `BottleneckError` for a matrix, of second moments, that is not finite.
    func eigendecomposition() throws(BottleneckError) -> (values: [Double], vectors: [Double]) {
        guard values.allSatisfy(\.isFinite) else {
            throw BottleneckError(
                "the network",
                "moments at the cut are not finite: it computes numbers that are not, or too large",
                remedy: "check the network's file, and how images become its input"
            )
        }
        var columns = values
        var rising = [Double](repeating: 0, count: size)
        let count = Int32(size)
        let status = LAPACKE_dsyevd(
            LAPACK_ROW_MAJOR,
            CChar(UInt8(ascii: "V")),
            CChar(UInt8(ascii: "L")),
            count,
            &columns,
            count,
            &rising
        )
        precondition(status == 0, "a finite symmetric matrix has eigenvectors")
        var vectors: [Double] = []
        vectors.reserveCapacity(size * size)
        for index in (0..<size).reversed() {
            let vector = (0..<size).map { columns[$0 * size + index] }
            let isNegative = (vector.max { abs($0) < abs($1) } ?? 0) < 0
            vectors += isNegative ? vector.map { -$0 } : vector
        }
        return (rising.reversed(), vectors)
    }

    /// The symmetric square root; eigenvalues that rounding made negative count as zero.
    ///
    /// - Throws: As `eigendecomposition()`.
    func squareRoot() throws(BottleneckError) -> Self {
        let (values, vectors) = try eigendecomposition()
        let roots = values.map { max($0, 0).squareRoot() }
        var scaled = vectors
        for row in 0..<size {
            for column in 0..<size { scaled[row * size + column] *= roots[row] }
        }
        return Self(
            size: size,
            SquareMatrix.product(SquareMatrix.transposed(vectors, size), scaled, size)
        )
    }
}
