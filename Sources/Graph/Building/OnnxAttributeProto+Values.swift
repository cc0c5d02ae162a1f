extension OnnxAttributeProto {
    /// An attribute that holds an integer.
    package static func integer(_ name: String, _ value: Int) -> OnnxAttributeProto {
        var attribute = OnnxAttributeProto()
        attribute.name = name
        attribute.type = .int
        attribute.i = Int64(value)
        return attribute
    }

    /// An attribute that holds a list of integers.
    package static func integers(_ name: String, _ values: [Int]) -> OnnxAttributeProto {
        var attribute = OnnxAttributeProto()
        attribute.name = name
        attribute.type = .ints
        attribute.ints = values.map(Int64.init)
        return attribute
    }

    /// An attribute that holds a number.
    package static func float(_ name: String, _ value: Float) -> OnnxAttributeProto {
        var attribute = OnnxAttributeProto()
        attribute.name = name
        attribute.type = .float
        attribute.f = value
        return attribute
    }
}
