extension LatentFamily {
    /// This family with its tables moved towards what was observed.
    ///
    /// A table's frequencies become counts + `priorWeight` · its probabilities, made symmetric in
    /// the sign, so that tables seen rarely stay as they are.
    ///
    /// - Parameters:
    ///   - counts: For each table, how often each of its symbols occurred, in the order of
    ///     `LatentSymbol`; add up to less than 2^40 a table.
    ///   - priorWeight: How many observations a table in this family is worth.
    /// - Returns: The family, with the same alphabets, scales and centroid shifts.
    package func fitted(counts: [[UInt64]], priorWeight: Int = 1000) -> LatentFamily {
        precondition(counts.count == tables.count, "every table has its counts")
        let fitted = zip(tables, counts).map { table, counts in
            precondition(counts.count == table.alphabetSize, "every symbol has its count")
            let weights = zip(table.frequencies, counts).map { frequency, count in
                count << UInt64(table.precision) + UInt64(frequency) * UInt64(priorWeight)
            }
            return FrequencyTable(counts: Self.symmetric(weights), precision: table.precision)
        }
        return replacing(tables: fitted, centroidShifts: centroidShifts)
    }

    /// This family with other centroid shifts, one for each table, in units of 2^-8 step.
    package func with(centroidShifts: [UInt8]) -> LatentFamily {
        replacing(tables: tables, centroidShifts: centroidShifts)
    }

    private func replacing(tables: [FrequencyTable], centroidShifts: [UInt8]) -> LatentFamily {
        do {
            return try LatentFamily(
                tables: tables,
                centroidShifts: centroidShifts,
                origin: origin,
                tablesPerOctave: tablesPerOctave
            )
        } catch {
            preconditionFailure("the same alphabets are valid again, yet: \(error)")
        }
    }

    private static func symmetric(_ weights: [UInt64]) -> [UInt64] {
        var result = weights.map { 2 * $0 }
        for symbol in Swift.stride(from: 1, to: weights.count - 1, by: 2) {
            let both = weights[symbol] + weights[symbol + 1]
            (result[symbol], result[symbol + 1]) = (both, both)
        }
        return result
    }
}
