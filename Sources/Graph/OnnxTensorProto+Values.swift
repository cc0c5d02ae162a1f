import Foundation
import SwiftProtobuf

extension OnnxTensorProto {
    /// The element type; `undefined` for a number that ONNX does not assign.
    package var element: DataType { DataType(rawValue: Int(dataType)) ?? .undefined }

    /// The sizes, outermost dimension first.
    package var shape: [Int] { dims.map(Int.init) }

    /// Throws unless the tensor is stored in the file, whole.
    func validate() throws(GraphError) {
        guard dataLocation != .external, externalData.isEmpty else {
            throw GraphError(
                .externalData,
                "tensor '\(name)'",
                "its values lie in another file",
                remedy:
                    "save the model as one file: onnx.save(model, path, save_as_external_data=False)"
            )
        }
        guard element != .undefined else {
            throw GraphError(
                .damagedTensor,
                "tensor '\(name)'",
                "its element type has the number \(dataType), which is not known here",
                remedy: "export the network in float32"
            )
        }
        let type = TensorType(element: element, shape: shape)
        guard type.isPlausible, stored(type) else {
            throw GraphError(
                .damagedTensor,
                "tensor '\(name)'",
                "its values do not fill the shape \(shape) of \(element)",
                remedy: "the file is damaged: copy or export it again"
            )
        }
    }

    /// Whether the values that are there are as many as the shape asks for.
    private func stored(_ type: TensorType) -> Bool {
        if hasRawData { return rawData.count == type.bytes }
        let count = type.elements
        switch element {
        case .float: return floatData.count == count
        case .complex64: return floatData.count == 2 * count
        case .double: return doubleData.count == count
        case .complex128: return doubleData.count == 2 * count
        case .int64: return int64Data.count == count
        case .uint32, .uint64: return uint64Data.count == count
        case .string: return stringData.count == count
        default: return int32Data.count == count
        }
    }

    /// The values of a 32- or 64-bit integer tensor that passed `validate()`, else nil.
    package var integers: [Int]? {
        switch element {
        case .int64 where hasRawData: littleEndian(of: UInt64.self) { Int(Int64(bitPattern: $0)) }
        case .int64: int64Data.map(Int.init)
        case .int32 where hasRawData: littleEndian(of: UInt32.self) { Int(Int32(bitPattern: $0)) }
        case .int32: int32Data.map(Int.init)
        default: nil
        }
    }

    /// The values of a 32-bit float tensor that passed `validate()`, else nil.
    package var floats: [Float]? {
        guard element == .float else { return nil }
        return hasRawData ? littleEndian(of: UInt32.self) { Float(bitPattern: $0) } : floatData
    }

    private func littleEndian<Word: FixedWidthInteger, Value>(
        of word: Word.Type,
        _ convert: (Word) -> Value
    ) -> [Value] {
        rawData.withUnsafeBytes { bytes in
            let size = MemoryLayout<Word>.size
            return (0..<bytes.count / size).map { index in
                let loaded = bytes.loadUnaligned(fromByteOffset: index * size, as: Word.self)
                return convert(Word(littleEndian: loaded))
            }
        }
    }
}
