import Glibc

/// Starts a system thread with a closure.
enum ExecutorThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// - Throws: `RuntimeError.system` when the system refuses.
    static func start(_ run: @escaping @Sendable () -> Void) throws(RuntimeError) -> pthread_t {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            body.toOpaque()
        )
        guard code == 0 else {
            body.release()
            throw SystemCall.failure("start a thread", code)
        }
        return thread
    }
}
