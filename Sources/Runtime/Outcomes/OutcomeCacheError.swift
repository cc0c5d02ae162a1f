import FoundationEssentials
import Glibc

/// Outcomes could not be kept, so the next run will compute them anew.
struct OutcomeCacheError: Error, Sendable, CustomStringConvertible {
    let folder: String
    let cause: String

    init(folder: String, _ error: any Error) {
        self.folder = folder
        let code = (error as? CocoaError)?.underlying as? POSIXError
        cause = code.map { String(cString: strerror($0.code.rawValue)) } ?? "\(error)"
    }

    var description: String {
        "the outcomes were not kept in \(folder) (\(cause)); name a folder that you may write to "
            + "with --cache"
    }
}
