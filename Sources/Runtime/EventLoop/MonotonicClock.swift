import Glibc

/// The clocks that a run in real time reads.
package enum MonotonicClock {
    /// Nanoseconds of CLOCK_MONOTONIC, the same for all processes of a host.
    package static var now: Int64 { read(CLOCK_MONOTONIC) }

    /// CPU time that the calling thread has used, in nanoseconds.
    package static var threadTime: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
