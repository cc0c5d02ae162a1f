import Foundation
import Testing

@testable import Runtime

@Suite struct OutcomeCacheTests {
    @Test(arguments: ["", "cache", nil])
    func onlyAnAbsoluteFolderTakesThePlaceOfTheUsual(_ base: String?) {
        let usual = URL.homeDirectory.appending(path: ".cache/simcoord")
        let variables = base.map { ["XDG_CACHE_HOME": $0] } ?? [:]
        #expect(OutcomeCache.standard(in: variables).folder.path == usual.path)
        let own = OutcomeCache.standard(in: ["XDG_CACHE_HOME": "/var/cache"])
        #expect(own.folder.path == "/var/cache/simcoord")
    }
}
