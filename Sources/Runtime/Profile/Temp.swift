import Cluster
import FoundationEssentials

extension ServiceProfile {
    static func load(path: String) throws(InvalidInput) -> ServiceProfile {
        do {
            return try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
        } catch { throw InvalidInput("\(error)") }
    }
    func check(network: String, path: String) throws(InvalidInput) {}
}
