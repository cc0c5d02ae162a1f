import ArgumentParser
import Foundation
import Graph

/// `simcoord splits MODEL`.
struct SplitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "splits",
        abstract: "Lists where a network can be split: tensor, shape, bytes, cost of both parts."
    )

    @Argument(help: "The network, an ONNX file.", completion: .file(extensions: ["onnx"]))
    var model: String

    func run() throws {
        let network = try Network(contentsOf: URL(filePath: model))
        print(SplitTable.render(try network.splitPoints()))
    }
}
