import Foundation

extension OnnxAttributeProto {
    static func integer(_ name: String, _ value: Int) -> OnnxAttributeProto {
        var attribute = OnnxAttributeProto()
        attribute.name = name
        attribute.type = .int
        attribute.i = Int64(value)
        return attribute
    }

    static func integers(_ name: String, _ values: [Int]) -> OnnxAttributeProto {
        var attribute = OnnxAttributeProto()
        attribute.name = name
        attribute.type = .ints
        attribute.ints = values.map(Int64.init)
        return attribute
    }

    static func float(_ name: String, _ value: Float) -> OnnxAttributeProto {
        var attribute = OnnxAttributeProto()
        attribute.name = name
        attribute.type = .float
        attribute.f = value
        return attribute
    }
}
