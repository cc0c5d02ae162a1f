/// The element type and the sizes of a tensor, outermost dimension first.
package struct TensorType: Hashable, Sendable {
    package var element: OnnxTensorProto.DataType
    package var shape: [Int]

    package init(element: OnnxTensorProto.DataType, shape: [Int]) {
        self.element = element
        self.shape = shape
    }

    /// The number of elements; 1 for a scalar.
    package var elements: Int { shape.reduce(1, *) }

    /// The number of bytes, uncompressed.
    package var bytes: Int { elements * element.byteCount }

    /// The most elements that a tensor may have: far above any real one, and low enough that
    /// sums and byte counts never overflow.
    static let mostElements = 1 << 36

    /// Whether the sizes are those of a tensor that could exist.
    var isPlausible: Bool {
        var product = 1
        for size in shape {
            guard size >= 0, size <= Self.mostElements else { return false }
            let (next, overflow) = product.multipliedReportingOverflow(by: max(size, 1))
            guard !overflow, next <= Self.mostElements else { return false }
            product = next
        }
        return true
    }
}

extension OnnxTensorProto.DataType {
    /// The bytes of an element; 0 for strings, whose length varies.
    package var byteCount: Int {
        switch self {
        case .undefined, .string: 0
        case .uint8, .int8, .bool: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .float, .int32, .uint32: 4
        case .int64, .double, .uint64, .complex64: 8
        case .complex128: 16
        }
    }

    /// Whether the elements are real numbers with a fraction, as weights and activations are.
    package var isFloatingPoint: Bool {
        switch self {
        case .float, .float16, .bfloat16, .double: true
        default: false
        }
    }
}
