/// The transpose of gathering along a dimension.
extension GradientBuilder {
    /// The most repetitions of a position that are summed one by one.
    private static let mostRounds = 4
    /// The most entries of a matrix of zeros and ones.
    private static let mostMatrixEntries = 1 << 26

    /// Adds entry `i` along `axis` to `positions[i]` of a tensor of `size` zeros there.
    ///
    /// An entry without a position is dropped. Where positions repeat much this is a product with a
    /// matrix of zeros and ones, else one Gather for each repetition.
    mutating func scatter(
        _ tensor: String,
        _ axis: Int,
        _ positions: [Int?],
        size: Int,
        _ node: OnnxNodeProto
    ) throws(GraphError) -> String {
        if let range = contiguous(positions, size: size) {
            var starts = shape(tensor).map { _ in 0 }
            var sizes = shape(tensor)
            starts[axis] = range
            sizes[axis] = size
            return try slice(tensor, from: starts, sizes)
        }
        var sources = [[Int]](repeating: [], count: size)
        for (source, position) in positions.enumerated() {
            if let position { sources[position].append(source) }
        }
        let rounds = sources.map(\.count).max() ?? 0
        if rounds <= Self.mostRounds {
            return try scatter(tensor, axis, sources, rounds: max(rounds, 1))
        }
        guard positions.count * size <= Self.mostMatrixEntries else {
            throw noGradient(node, "it repeats too many positions of a dimension of \(size)")
        }
        var matrix = [Float](repeating: 0, count: positions.count * size)
        for (source, position) in positions.enumerated() {
            if let position { matrix[source * size + position] = 1 }
        }
        let rank = shape(tensor).count
        var order = Array(0..<rank)
        order.swapAt(axis, rank - 1)
        let moved = try transpose(tensor, order)
        let added = try emit("MatMul", [moved, constant(matrix, [positions.count, size])])
        return try transpose(added, order)
    }

    /// The start of the one run of entries that fill all positions in order.
    private func contiguous(_ positions: [Int?], size: Int) -> Int? {
        guard let start = positions.firstIndex(of: 0), start + size <= positions.count else {
            return nil
        }
        let isRun = positions.indices.allSatisfy { index in
            let isInside = index >= start && index < start + size
            return positions[index] == (isInside ? index - start : nil)
        }
        return isRun ? start : nil
    }

    private mutating func scatter(
        _ tensor: String,
        _ axis: Int,
        _ sources: [[Int]],
        rounds: Int
    ) throws(GraphError) -> String {
        let count = shape(tensor)[axis]
        var padded = tensor
        // Positions that get nothing take the zero behind the last entry.
        if sources.contains(where: { $0.count < rounds }) {
            let none = shape(tensor).map { _ in 0 }
            var after = none
            after[axis] = 1
            padded = try pad(tensor, before: none, after: after)
        }
        var total: String?
        for round in 0..<rounds {
            let indices = constant(
                integers: sources.map { $0.count > round ? $0[round] : count }
            )
            let part = try emit("Gather", [padded, indices], [.integer("axis", axis)])
            total = try total.map { total throws(GraphError) in try add(total, part) } ?? part
        }
        return total ?? tensor
    }
}
