import Foundation
import Graph
import GraphTestSupport
import Testing

@Suite(.enabled(if: LightNetworks.areFetched, Comment(rawValue: LightNetworks.skipMessage)))
struct LightNetworkTests {
    /// What `Fixtures/light-networks.py` found by another road.
    struct Reference: Decodable {
        var multiplyAccumulates: Int
        var splitPoints: [Point]

        struct Point: Decodable, Equatable {
            var tensor: String
            var shape: [Int]

            init(tensor: String, shape: [Int]) {
                self.tensor = tensor
                self.shape = shape
            }

            init(from decoder: any Decoder) throws {
                var values = try decoder.unkeyedContainer()
                tensor = try values.decode(String.self)
                shape = try values.decode([Int].self)
            }
        }
    }

    static func references() throws -> [String: Reference] {
        let file = ShapeInferenceTests.fixture("light-networks.json")
        return try JSONDecoder().decode([String: Reference].self, from: Data(contentsOf: file))
    }

    @Test(arguments: LightNetworks.names)
    func splitPointsShapesAndCostAreThoseOfTheReference(name: String) throws {
        let reference = try #require(try Self.references()[name])
        let network = try LightNetworks.load(name)
        let points = try network.splitPoints()
        #expect(
            points.map { .init(tensor: $0.tensor, shape: $0.type.shape) } == reference.splitPoints
        )
        #expect(try network.cost().multiplyAccumulates == reference.multiplyAccumulates)
    }

    /// In millions, as published with the architectures.
    @Test(arguments: [
        ("light_resnet50", 25.6), ("light_vgg19", 143.7), ("light_bvlc_alexnet", 61.0),
    ])
    func parametersAreThePublishedOnes(name: String, millions: Double) throws {
        let parameters = try LightNetworks.load(name).cost().parameters
        #expect(abs(Double(parameters) / 1e6 - millions) < 0.1)
    }

    @Test(arguments: LightNetworks.names)
    func everyPartIsANetworkOfTheStatedCost(name: String) throws {
        let network = try LightNetworks.load(name)
        for point in try network.splitPoints() {
            let (head, tail) = try network.cut(at: point.tensor)
            #expect(try head.cost() == point.head)
            #expect(try tail.cost() == point.tail)
        }
    }
}
