import GraphTestSupport
import TestSupport
import Testing

@testable import Bottleneck

@Suite struct MatrixTests {
    private let size = 6

    /// A Aᵀ + I of normal draws: symmetric and definite.
    private var definite: SymmetricMatrix {
        var generator = SeededGenerator(seed: 4)
        let factor = generator.normals(size * size).map(Double.init)
        let product = SquareMatrix.product(factor, SquareMatrix.transposed(factor, size), size)
        return SymmetricMatrix(size: size, product).addingToDiagonal(1)
    }

    private func expectEqual(_ left: [Double], _ right: [Double]) {
        for (one, other) in zip(left, right) { #expect(abs(one - other) < 1e-9) }
        #expect(left.count == right.count)
    }

    private var identity: [Double] {
        (0..<size * size).map { $0 / size == $0 % size ? 1 : 0 }
    }

    @Test func `eigenvectors diagonalise, values fall`() throws {
        let matrix = definite
        let (values, vectors) = try matrix.eigendecomposition()
        #expect(values == values.sorted(by: >))
        let turned = SquareMatrix.product(
            SquareMatrix.product(vectors, matrix.values, size),
            SquareMatrix.transposed(vectors, size),
            size
        )
        expectEqual(turned, identity.enumerated().map { $0.element * values[$0.offset / size] })
        for row in 0..<size {
            let vector = vectors[row * size..<(row + 1) * size]
            #expect((vector.max { abs($0) < abs($1) } ?? 0) > 0)
        }
    }

    @Test(arguments: [Double.nan, .infinity])
    func `a matrix that is not finite is refused`(value: Double) {
        let matrix = SymmetricMatrix(size: 2, [1, value, value, 1])
        let error = #expect(throws: BottleneckError.self) { try matrix.eigendecomposition() }
        #expect(error?.reason.contains("not finite") == true)
        #expect(throws: BottleneckError.self) { try matrix.squareRoot() }
    }

    @Test func `the root squared is the matrix`() throws {
        let root = try definite.squareRoot()
        expectEqual(SquareMatrix.product(root.values, root.values, size), definite.values)
    }

    @Test func `a matrix times its inverse is one, and a singular one has none`() throws {
        let inverse = try #require(SquareMatrix.inverse(definite.values, size))
        expectEqual(SquareMatrix.product(definite.values, inverse, size), identity)
        #expect(SquareMatrix.inverse([1, 2, 2, 4], 2) == nil)
    }

    @Test func `integers keep a matrix to half a step of its lines`() {
        var generator = SeededGenerator(seed: 9)
        let values = generator.normals(size * size)
        for axis in 0...1 {
            let stored = ScaledIntegers(values, size: size, axis: axis)
            for (index, pair) in zip(values, stored.values).enumerated() {
                let scale = stored.scales[axis == 0 ? index / size : index % size]
                #expect(abs(pair.0 - pair.1) <= 0.5001 * scale)
            }
            #expect(stored.integers.contains { abs(Int($0)) == 127 })
        }
    }
}
