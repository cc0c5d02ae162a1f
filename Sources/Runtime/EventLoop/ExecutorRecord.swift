/// What a thread posts to the loop when a job has ended.
struct ExecutorRecord: Sendable {
    let identifier: UInt64
    let result: Result<any Sendable, any Error>
}
