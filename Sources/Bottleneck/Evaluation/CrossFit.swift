import SimulationCore

/// Images in k folds, so that every image can be evaluated with a unit designed without it.
package struct CrossFit: Equatable, Sendable {
    /// Indices of each fold in increasing order; their sizes differ by at most one.
    package let folds: [[Int]]

    /// A split that is a function of the three numbers only; 2 ≤ `foldCount` ≤ `imageCount`.
    package init(imageCount: Int, foldCount: Int, seed: UInt64) {
        precondition(foldCount >= 2 && foldCount <= imageCount, "every fold needs an image")
        var draw = RandomDraw(seed: seed, purpose: .crossFit, entity: UInt32(foldCount))
        var order = Array(0..<imageCount)
        for index in order.indices.dropFirst().reversed() {
            order.swapAt(index, Int(draw.below(UInt64(index + 1))))
        }
        folds = (0..<foldCount).map { fold in
            stride(from: fold, to: imageCount, by: foldCount).map { order[$0] }.sorted()
        }
    }

    /// The images to design with when `fold` is evaluated, in increasing order.
    package func designImages(without fold: Int) -> [Int] {
        folds.enumerated().filter { $0.offset != fold }.flatMap(\.element).sorted()
    }

    /// Values of all images in their order, from the values of each fold in its order.
    package func joined<Value>(_ values: [[Value]]) -> [Value] {
        precondition(values.map(\.count) == folds.map(\.count), "every image has one value")
        return zip(folds, values).flatMap { zip($0, $1) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}
