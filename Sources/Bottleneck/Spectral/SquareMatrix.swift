import CLAPACK

/// Arithmetic on matrices of `size` × `size` numbers, stored row by row.
enum SquareMatrix {
    static func transposed(_ matrix: [Double], _ size: Int) -> [Double] {
        (0..<size * size).map { matrix[$0 % size * size + $0 / size] }
    }

    static func product(_ left: [Double], _ right: [Double], _ size: Int) -> [Double] {
        var product = [Double](repeating: 0, count: size * size)
        product.withUnsafeMutableBufferPointer { product in
            right.withUnsafeBufferPointer { right in
                for row in 0..<size {
                    for inner in 0..<size {
                        let factor = left[row * size + inner]
                        for column in 0..<size {
                            product[row * size + column] += factor * right[inner * size + column]
                        }
                    }
                }
            }
        }
        return product
    }

    /// The inverse, by LAPACK's `dgesv`; nil for a singular matrix.
    static func inverse(_ matrix: [Double], _ size: Int) -> [Double]? {
        var factors = matrix
        var inverse = [Double](repeating: 0, count: size * size)
        for index in 0..<size { inverse[index * size + index] = 1 }
        var pivots = [Int32](repeating: 0, count: size)
        let count = Int32(size)
        let status = LAPACKE_dgesv(
            LAPACK_ROW_MAJOR,
            count,
            count,
            &factors,
            count,
            &pivots,
            &inverse,
            count
        )
        return status == 0 ? inverse : nil
    }
}
