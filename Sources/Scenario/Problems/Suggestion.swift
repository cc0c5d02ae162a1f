/// Finds what was probably meant.
package enum Suggestion {
    /// What to write instead of `word`: the closest candidate, or the list of all.
    static func remedy(for word: String, among candidates: [String]) -> String {
        if candidates.isEmpty { return "remove it" }
        if let closest = closest(to: word, among: candidates) { return "write \(closest.quoted)" }
        let list = candidates.map(\.quoted)
        return list.count == 1 ? "write \(list[0])" : "write one of \(list.joined(separator: ", "))"
    }

    /// The candidate with the fewest edits, when these are few for the word's length.
    package static func closest(to word: String, among candidates: [String]) -> String? {
        let most = max(1, word.count / 3)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(word.lowercased(), candidate.lowercased())
            if distance <= most, distance < best?.distance ?? Int.max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between two words (optimal
    /// string alignment).
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars.prefix(64))
        let right = Array(right.unicodeScalars.prefix(64))
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
            (older, old) = (old, new)
        }
        return old[right.count]
    }
}
