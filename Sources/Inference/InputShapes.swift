/// Which shapes the inputs of a network take when it is compiled.
package enum InputShapes: Sendable {
    /// Those in the file. All of them must be fixed.
    case asStored
    /// Those in the file with this first dimension, whether the file fixes one or not, on every input that
    /// has dimensions: a scalar stays one.
    case batch(Int)
    /// These for the inputs named, those in the file for the rest.
    case named([String: [Int]])
}

extension InputShapes {
    /// The shape of one input.
    ///
    /// - Parameters:
    ///   - name: The input's name.
    ///   - stored: Its shape in the file, where a dimension that is not fixed is negative.
    /// - Returns: The size of each dimension.
    func shape(ofInput name: String, stored: [Int]) -> [Int] {
        switch self {
        case .asStored: stored
        case .batch(let size): stored.isEmpty ? stored : [size] + stored.dropFirst()
        case .named(let shapes): shapes[name] ?? stored
        }
    }
}
