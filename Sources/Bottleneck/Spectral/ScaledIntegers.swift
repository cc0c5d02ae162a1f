/// A matrix of `size` × `size` as 8-bit integers, with a scale for each row or column.
struct ScaledIntegers {
    /// −127…127, row by row.
    let integers: [Int8]
    /// What a row's (`axis` 0) or column's (1) integers are multiplied with.
    let scales: [Float]
    private let size: Int
    private let axis: Int

    init(_ values: [Float], size: Int, axis: Int) {
        self.size = size
        self.axis = axis
        var largest = [Float](repeating: 0, count: size)
        for (index, value) in values.enumerated() {
            let line = axis == 0 ? index / size : index % size
            largest[line] = max(largest[line], abs(value))
        }
        let scales = largest.map { max($0, .leastNormalMagnitude) / 127 }
        self.scales = scales
        integers = values.enumerated().map { index, value in
            Int8((value / scales[axis == 0 ? index / size : index % size]).rounded())
        }
    }

    /// What the integers stand for.
    var values: [Float] {
        integers.enumerated().map { index, integer in
            Float(integer) * scales[axis == 0 ? index / size : index % size]
        }
    }
}
