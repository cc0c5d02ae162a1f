import BasicContainers

/// What a state machine wants done by its driver, in order.
package struct ActionQueue<Action: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    private var actions = UniqueArray<Action>()
    /// Actions before this one have been taken.
    private var head = 0

    init() {}

    package var isEmpty: Bool { actions.isEmpty }

    @inline(__always)
    mutating func append(_ action: Action) { actions.append(action) }

    /// The first action that has not been taken; it counts as done.
    @inline(__always)
    package mutating func next() -> Action? {
        guard head < actions.count else { return nil }
        let action = actions[head]
        head += 1
        if head == actions.count { removeAll() }
        return action
    }

    package mutating func removeAll() {
        // All devices' first arrivals come at once, and so many actions never again.
        if actions.count > Self.mostKept {
            actions = UniqueArray()
        } else {
            actions.removeAll(keepingCapacity: true)
        }
        head = 0
    }

    /// Memory for more actions is given back.
    private static var mostKept: Int { 4096 }
}
