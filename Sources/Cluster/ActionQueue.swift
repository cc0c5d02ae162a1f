public import BasicContainers

/// What a state machine wants done by its driver, in order.
public struct ActionQueue<Action: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
    @usableFromInline var actions = UniqueArray<Action>()
    /// Actions before this one have been taken.
    @usableFromInline var head = 0

    init() {}

    /// Whether all actions have been taken.
    @inlinable public var isEmpty: Bool { actions.isEmpty }

    @inline(__always)
    mutating func append(_ action: Action) { actions.append(action) }

    /// The first action that has not been taken; it counts as done.
    @inlinable @inline(__always)
    public mutating func next() -> Action? {
        guard head < actions.count else { return nil }
        let action = actions[head]
        head += 1
        if head == actions.count { removeAll() }
        return action
    }

    /// Drops what has not been taken.
    @inlinable public mutating func removeAll() {
        // All devices' first arrivals come at once, and so many actions never again.
        if actions.count > Self.mostKept {
            actions = UniqueArray()
        } else {
            actions.removeAll(keepingCapacity: true)
        }
        head = 0
    }

    /// Memory for more actions is given back.
    @inlinable static var mostKept: Int { 4096 }
}
