import GraphTestSupport
import TestSupport
import Testing

@testable import Bottleneck

struct PatchTransformTests {
    private let shape = [3, 4, 6]
    private let tensors: [[Float]]
    private let metric: SymmetricMatrix

    init() {
        var generator = SeededGenerator(seed: 8)
        tensors = (0..<30).map { _ in
            let noise = generator.normals(72)
            // Neighbours and channels are alike.
            return noise.indices.map { noise[$0] + 0.7 * noise[($0 + 1) % 72] + noise[$0 % 24] }
        }
        let root = generator.normals(9).map(Double.init)
        let square = SquareMatrix.product(root, SquareMatrix.transposed(root, 3), 3)
        metric = SymmetricMatrix(size: 3, square).addingToDiagonal(0.5)
    }

    @Test(arguments: [1, 2])
    func `synthesis undoes analysis`(side: Int) throws {
        let transform = try PatchTransform(
            tensors: tensors,
            shape: shape,
            side: side,
            metric: metric
        )
        let product = SquareMatrix.product(
            transform.synthesis,
            transform.analysis,
            transform.size
        )
        for (index, value) in product.enumerated() {
            #expect(abs(value - (index % (transform.size + 1) == 0 ? 1 : 0)) < 1e-9)
        }
    }

    @Test(arguments: [1, 2])
    func `components are uncorrelated and fall in variance`(side: Int) throws {
        let transform = try PatchTransform(
            tensors: tensors,
            shape: shape,
            side: side,
            metric: metric
        )
        let size = transform.size
        let covariance = PatchMoments(tensors, shape: shape, side: side).covariance
        let half = SquareMatrix.product(transform.analysis, covariance.values, size)
        let components = SquareMatrix.product(
            half,
            SquareMatrix.transposed(transform.analysis, size),
            size
        )
        let variances = (0..<size).map { components[$0 * size + $0] }
        #expect(zip(variances, variances.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 })
        for row in 0..<size {
            for column in 0..<row { #expect(abs(components[row * size + column]) < 1e-6) }
        }
    }

    @Test func `tensors that are not finite are refused`() {
        var broken = tensors
        broken[3][7] = .nan
        #expect(throws: BottleneckError.self) {
            try PatchTransform(tensors: broken, shape: shape, side: 1, metric: nil)
        }
    }

    @Test func `the components' squared error is the patch's in the metric`() throws {
        let transform = try PatchTransform(tensors: tensors, shape: shape, side: 1, metric: metric)
        let error = [0.3, -1, 0.7]
        let own = (0..<3).map { row in
            (0..<3).reduce(0.0) { $0 + transform.analysis[3 * row + $1] * error[$1] }
        }
        var weighted = 0.0
        for row in 0..<3 {
            for column in 0..<3 {
                weighted += error[row] * metric.values[3 * row + column] * error[column]
            }
        }
        #expect(abs(own.reduce(0) { $0 + $1 * $1 } - weighted) < 1e-9)
    }
}
