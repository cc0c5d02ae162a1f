import Foundation
import Graph
import GraphTestSupport
import Testing

@Suite struct ShapeInferenceTests {
    static func fixture(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    }

    /// The files carry the shapes that the reference implementation inferred, of all tensors but one or
    /// two whose reshape it could not follow.
    @Test(arguments: [("operators-11.onnx", 125), ("operators-18.onnx", 126)])
    func shapesAreThoseOfTheReferenceImplementation(file: String, stated: Int) throws {
        let network = try Network(contentsOf: Self.fixture(file))
        let types = try network.tensorTypes()
        var compared = 0
        for value in network.model.graph.valueInfo {
            let stored = value.type.tensorType
            guard stored.hasShape, stored.shape.dim.allSatisfy(\.hasSize) else { continue }
            let type = try #require(types[value.name], "\(value.name)")
            #expect(type.shape == stored.shape.dim.map { Int($0.dimValue) }, "\(value.name)")
            #expect(type.element.rawValue == Int(stored.elemType), "\(value.name)")
            compared += 1
        }
        #expect(compared == stated)
    }

    /// What PyTorch writes for `x.view(x.size(0), -1)`.
    @Test func reshapesFromTheBatchFollowTheBatch() throws {
        var builder = NetworkBuilder(input: [0, 4, 5])
        builder.constant("zero", integers: [0])
        builder.constant("rest", integers: [-1])
        builder.node("Shape", ["x"], "shape")
        builder.node("Gather", ["shape", "zero"], "batch")
        builder.node("Concat", ["batch", "rest"], "target", integers: ["axis": 0])
        builder.node("Reshape", ["x", "target"], "y")
        let network = try builder.network(output: "y")
        for batch in [1, 2, 64] {
            #expect(try network.tensorTypes(batch: batch)["y"]?.shape == [batch, 20])
        }
    }

    /// 4 · (5 / 2) as a size: 8 in integers, 10 in fractions, which are not followed but where they are whole.
    @Test(arguments: [(7, 5, 8), (7, 6, 12), (1, 5, nil), (1, 6, 12)] as [(Int, Int, Int?)])
    func quotientsOfFractionsAreNotCutOff(element: Int, size: Int, result: Int?) throws {
        var builder = NetworkBuilder(input: [1, size])
        for (name, value) in [("last", 1), ("two", 2), ("four", 4)] {
            builder.constant(name, integers: [value])
            builder.node("Cast", [name], "\(name)'", integers: ["to": element])
        }
        builder.node("Shape", ["x"], "shape")
        builder.node("Gather", ["shape", "last"], "size")
        builder.node("Cast", ["size"], "size'", integers: ["to": element])
        builder.node("Div", ["size'", "two'"], "half")
        builder.node("Mul", ["half", "four'"], "product")
        builder.node("Cast", ["product"], "target", integers: ["to": 7])
        builder.node("ConstantOfShape", ["target"], "y")
        let network = try builder.network(output: "y")
        if let result {
            #expect(try network.tensorTypes()["y"]?.shape == [result])
        } else {
            let error = #expect(throws: GraphError.self) { try network.tensorTypes() }
            #expect(error?.problem.contains("must be an integer constant") == true)
        }
    }

    @Test func operatorWithoutARuleIsNamed() throws {
        var builder = NetworkBuilder(input: [0, 4])
        builder.node("NonMaxSuppression", ["x"], "y")
        let network = try builder.network(output: "y")
        let error = #expect(throws: GraphError.self) { try network.splitPoints() }
        #expect(error?.kind == .unsupportedOperator)
        #expect(error?.description.contains("NonMaxSuppression") == true)
    }

    @Test func unknownSizesAreAskedFor() throws {
        var builder = NetworkBuilder(input: [0, 3, 0, 0])
        builder.node("Relu", ["x"], "y")
        let network = try builder.network(output: "y")
        let error = #expect(throws: GraphError.self) { try network.tensorTypes() }
        #expect(error?.kind == .unknownDimension)
    }

    @Test func padsThatCropTooMuchAreRefused() throws {
        var builder = NetworkBuilder(input: [1, 3, 8, 8])
        builder.constant("pads", integers: [0, 0, -5, 0, 0, 0, -4, 0])
        builder.node("Pad", ["x", "pads"], "y")
        let network = try builder.network(output: "y")
        let error = #expect(throws: GraphError.self) { try network.tensorTypes() }
        #expect(error?.kind == .invalidNode)
        #expect(error?.problem.contains("crop more of [1, 3, 8, 8] than there is") == true)
    }

    @Test func inputsThatDoNotFitAreReportedWithTheirNode() throws {
        var builder = NetworkBuilder(input: [1, 3, 8, 8])
        builder.constant("kernel", [4, 5, 3, 3])
        builder.node("Conv", ["x", "kernel"], "y")
        let network = try builder.network(output: "y")
        let error = #expect(throws: GraphError.self) { try network.tensorTypes() }
        #expect(error?.kind == .invalidNode)
        #expect(error?.subject == "node Conv 'y'")
    }
}

extension OnnxTensorShapeProto.Dimension {
    fileprivate var hasSize: Bool { if case .dimValue = value { true } else { false } }
}
