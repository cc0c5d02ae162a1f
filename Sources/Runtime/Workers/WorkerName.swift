/// Tells the worker processes of a run apart.
package struct WorkerName: Hashable, Comparable, Sendable {
    /// Which program the worker runs, for example "gateway".
    package let role: String
    /// Counts the workers of a role from 0.
    package let index: Int

    package init(role: String, index: Int) {
        self.role = role
        self.index = index
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.role, left.index) < (right.role, right.index)
    }
}

extension WorkerName: CustomStringConvertible {
    package var description: String { "\(role)/\(index)" }
}
