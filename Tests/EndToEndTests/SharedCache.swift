import Testing

/// A folder of outcomes that the tests of a suite share, since computing them takes most of a run.
struct SharedCache: SuiteTrait, TestScoping {
    /// Nil outside the suite.
    @TaskLocal static var folder: String?

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        let workspace = try Workspace()
        try await Self.$folder.withValue(workspace.path("cache")) { try await function() }
        withExtendedLifetime(workspace) {}
    }
}

extension Trait where Self == SharedCache {
    static var sharedCache: Self { Self() }
}
