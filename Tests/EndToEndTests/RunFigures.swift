/// What the tests read of `summary.json`, as another program would.
struct RunFigures: Decodable {
    struct Counts: Decodable, Equatable {
        var issued: Int
        var completed: Int
        var dropped: Int
        var lost: Int
        var timedOut: Int
        var rejected: Int
        var failed: Int
        var unfinished: Int

        var ended: Int {
            completed + dropped + lost + timedOut + rejected + failed + unfinished
        }
    }

    struct Group: Decodable {
        var name: String
        var requests: Counts
    }

    struct Validity: Decodable {
        var valid: Bool
        var reasons: [String]
    }

    struct Edge: Decodable {
        var name: String
    }

    struct Pacing: Decodable {}

    var digest: String
    /// In nanoseconds.
    var duration: Int
    var validity: Validity
    var requests: Counts
    var groups: [Group]
    var edges: [Edge]
    /// Of wall runs.
    var pacing: Pacing?
}
