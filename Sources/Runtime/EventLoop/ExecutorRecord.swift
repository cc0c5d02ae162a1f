/// What a thread posts to the loop when a job has ended.
struct ExecutorRecord: Sendable {
    let identifier: UInt64
    let result: Result<any Sendable, any Error>
    let started: Int64
    let ended: Int64
    let cpuNanoseconds: Int64
    let thread: Int
}
