extension LatentFamily {
    /// This family with its tables and centroid shifts moved towards what was observed.
    ///
    /// A table's frequencies become counts + `priorWeight` · its probabilities, made symmetric in
    /// the sign, so that tables seen rarely stay as they are; likewise the shifts.
    ///
    /// - Parameters:
    ///   - tally: What was observed with this family's tables; less than 2^40 values a table.
    ///   - priorWeight: How many observations a table in this family is worth.
    /// - Returns: The family, with the same alphabets and scales.
    package func fitted(to tally: LatentTally, priorWeight: Int = 1000) -> LatentFamily {
        precondition(tally.counts.count == tables.count, "every table has its counts")
        let fitted = tables.indices.map { index in
            let (table, counts) = (tables[index], tally.counts[index])
            precondition(counts.count == table.alphabetSize, "every symbol has its count")
            let weights = zip(table.frequencies, counts).map { frequency, count in
                count << UInt64(table.precision) + UInt64(frequency) * UInt64(priorWeight)
            }
            return FrequencyTable(counts: Self.symmetric(weights), precision: table.precision)
        }
        let shifts = tables.indices.map { index in
            let seen = Double(tally.counts[index].dropFirst().reduce(0, +))
            let prior = Double(priorWeight) * (1 - probabilityOfZero(index))
            let mean =
                (256 * tally.displacements[index] + prior * Double(centroidShifts[index]))
                / max(seen + prior, 1e-9)
            return UInt8(min(max(mean.rounded(), 0), 128))
        }
        return replacing(tables: fitted, centroidShifts: shifts)
    }

    private func probabilityOfZero(_ table: Int) -> Double {
        Double(tables[table].frequencies[0]) / Double(1 << precision)
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
