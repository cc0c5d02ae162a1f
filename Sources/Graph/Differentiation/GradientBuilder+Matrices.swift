/// Products of matrices: for Y = A·B the gradients are g·Bᵀ and Aᵀ·g.
extension GradientBuilder {
    mutating func differentiateMatrixProduct(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let (left, right) = (try ownInput(node, 0), try ownInput(node, 1))
        let (leftShape, rightShape) = (shape(left), shape(right))
        // A vector is a matrix of one row on the left, of one column on the right.
        let rows = leftShape.count == 1 ? [1] + leftShape : leftShape
        let columns = rightShape.count == 1 ? rightShape + [1] : rightShape
        let outer = ShapeInference.broadcast(Array(rows.dropLast(2)), Array(columns.dropLast(2)))
        let g = try reshape(
            gradient,
            (outer ?? []) + [rows[rows.count - 2], columns[columns.count - 1]]
        )
        if variable(node, 0) != nil {
            let part = try product(g, reshape(right, columns), transposingRight: true)
            try contribute(reshape(sum(part, to: rows), leftShape), to: node, 0)
        }
        guard variable(node, 1) != nil else { return }
        var part: String
        if columns.count == 2, rows.count > 2 {
            // One tall matrix spares a product for every outer index and their sum.
            let height = rows.dropLast().reduce(1, *)
            let tall = try reshape(left, [height, rows[rows.count - 1]])
            part = try product(tall, reshape(g, [height, columns[1]]), transposingLeft: true)
        } else {
            part = try product(reshape(left, rows), g, transposingLeft: true)
        }
        part = try sum(part, to: columns)
        try contribute(reshape(part, rightShape), to: node, 1)
    }

    /// Y = α · A′·B′ + β · C, where a prime stands for an optional transposition.
    mutating func differentiateGemm(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let (left, right) = (try ownInput(node, 0), try ownInput(node, 1))
        let transposesLeft = try node.integer("transA", default: 0) != 0
        let transposesRight = try node.integer("transB", default: 0) != 0
        let scaled = try multiply(gradient, by: node.float("alpha", default: 1))
        if variable(node, 0) != nil {
            let part =
                transposesLeft
                ? try product(
                    right,
                    scaled,
                    transposingLeft: transposesRight,
                    transposingRight: true
                ) : try product(scaled, right, transposingRight: !transposesRight)
            try contribute(part, to: node, 0)
        }
        if variable(node, 1) != nil {
            let part =
                transposesRight
                ? try product(
                    scaled,
                    left,
                    transposingLeft: true,
                    transposingRight: transposesLeft
                ) : try product(left, scaled, transposingLeft: !transposesLeft)
            try contribute(part, to: node, 1)
        }
        if let offset = variable(node, 2) {
            let part = try multiply(gradient, by: node.float("beta", default: 1))
            try contribute(sum(part, to: shape(offset)), to: node, 2)
        }
    }
}
