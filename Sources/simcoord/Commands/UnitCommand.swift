import ArgumentParser
import Bottleneck
import Foundation

/// `simcoord unit BUNDLE`.
struct UnitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit",
        abstract: "Shows what a bottleneck bundle is for, how it was made, and what it yields."
    )

    @Argument(help: "The bundle.", completion: .file(extensions: ["bottleneck"]))
    var bundle: String

    func run() throws {
        let file = URL(filePath: bundle)
        let bytes = try BottleneckBundle.bytes(of: file)
        print(BundleText.render(try BottleneckBundle(bytes: bytes, name: bundle), bytes: bytes))
    }
}
