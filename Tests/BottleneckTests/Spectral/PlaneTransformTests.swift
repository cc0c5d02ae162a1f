import Foundation
import Testing

@testable import Bottleneck

@Suite struct PlaneTransformTests {
    @Test(arguments: [1, 2, 7, 14, 28]) func `the transform is orthonormal`(size: Int) {
        let matrix = PlaneTransform.matrix(size: size, kept: size)
        for row in 0..<size {
            for other in 0..<size {
                let product = (0..<size).reduce(0.0) {
                    $0 + Double(matrix[row * size + $1] * matrix[other * size + $1])
                }
                #expect(abs(product - (row == other ? 1 : 0)) < 1e-5)
            }
        }
        #expect(matrix[0] == Float((1 / Double(size)).squareRoot()))
    }

    @Test func `the inverse is the transpose`() {
        let matrix = PlaneTransform.matrix(size: 5, kept: 3)
        let inverse = PlaneTransform.inverseMatrix(size: 5, kept: 3)
        for row in 0..<3 {
            for column in 0..<5 { #expect(matrix[row * 5 + column] == inverse[column * 3 + row]) }
        }
    }

    @Test(arguments: [(7, 7), (14, 14), (28, 28), (3, 12), (1, 1), (64, 48)])
    func `every frequency is in one band, lower ones first`(height: Int, width: Int) {
        let plane = PlaneTransform(height: height, width: width)
        #expect(plane.order.sorted() == Array(0..<height * width))
        #expect(plane.bands[0] == [0])
        let side = Double(max(height, width))
        let radii = plane.bands.map { band in
            band.map { index in
                hypot(
                    Double(index / width) * side / Double(height),
                    Double(index % width) * side / Double(width)
                )
            }
        }
        for (band, next) in zip(radii, radii.dropFirst()) {
            #expect((band.max() ?? 0) < (next.min() ?? 0))
        }
        #expect(plane.bandOfPosition.count == plane.count)
        #expect(plane.bandOfPosition == plane.bandOfPosition.sorted())
    }

    @Test func `the mean alone can be kept`() {
        let plane = PlaneTransform(height: 7, width: 5, keepsConstantOnly: true)
        #expect(plane.count == 1)
        #expect(plane.bands == [[0]])
    }
}
