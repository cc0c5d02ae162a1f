/// What a request computes.
package enum Workload: Sendable, Equatable {
    case network(NetworkWorkload)
    case synthetic(SyntheticWorkload)
}
