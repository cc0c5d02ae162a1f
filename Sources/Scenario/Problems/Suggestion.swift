/// Finds what was probably meant.
package enum Suggestion {
    /// Longer words are compared by so much of what they do not have in common.
    private static let mostCompared = 256

    /// What to write instead of `word`: the closest candidate, or the list of all.
    static func remedy(for word: String, among candidates: [String]) -> String {
        if candidates.isEmpty { return "remove it" }
        if let closest = closest(to: word, among: candidates) { return "write \(closest.quoted)" }
        let list = candidates.map(\.quoted)
        return list.count == 1 ? "write \(list[0])" : "write one of \(list.joined(separator: ", "))"
    }

    /// The candidate with the fewest edits, when these are few for the word's length.
    package static func closest(to word: String, among candidates: [String]) -> String? {
        let scalars = Array(word.lowercased().unicodeScalars)
        var most = max(1, word.count / 3)
        var closest: String?
        for candidate in candidates {
            let others = Array(candidate.lowercased().unicodeScalars)
            guard let distance = distance(scalars, others, most: most) else { continue }
            closest = candidate
            // Of equally close ones the first.
            most = distance - 1
        }
        return closest
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between two words (optimal
    /// string alignment); nil when there are more than `most`.
    static func distance(_ left: String, _ right: String, most: Int = .max) -> Int? {
        distance(Array(left.unicodeScalars), Array(right.unicodeScalars), most: most)
    }

    private static func distance(
        _ left: [Unicode.Scalar],
        _ right: [Unicode.Scalar],
        most: Int
    ) -> Int? {
        guard abs(left.count - right.count) <= most else { return nil }
        let common = zip(left, right).prefix { $0 == $1 }.count
        let left = Array(left.dropFirst(common).prefix(mostCompared))
        let right = Array(right.dropFirst(common).prefix(mostCompared))
        var older: [Int] = []
        var old = Array(0...right.count)
        for (row, leftCharacter) in left.enumerated() {
            var new = [row + 1]
            for (column, rightCharacter) in right.enumerated() {
                let substitution = old[column] + (leftCharacter == rightCharacter ? 0 : 1)
                var best = min(substitution, old[column + 1] + 1, new[column] + 1)
                let isSwap =
                    row > 0 && column > 0 && leftCharacter == right[column - 1]
                    && left[row - 1] == rightCharacter
                if isSwap { best = min(best, older[column - 1] + 1) }
                new.append(best)
            }
            // What follows only adds to one of these, or to those that a swap starts from.
            guard min(new.min() ?? 0, old.min() ?? 0) <= most else { return nil }
            (older, old) = (old, new)
        }
        return old[right.count] <= most ? old[right.count] : nil
    }
}
