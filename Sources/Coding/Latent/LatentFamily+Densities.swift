import Foundation

extension LatentFamily {
    /// Tables for generalised Gaussian densities, exp(−|x / a|^`shape`), rounded to the nearest step.
    ///
    /// Shape 2 is the normal distribution, 1 the Laplacian; less has heavier tails. The scale is
    /// the standard deviation a · √(Γ(3 / shape) / Γ(1 / shape)) (Nadarajah, A generalized normal
    /// distribution, 2005). Uses the C library's exponential: the last bit of a table may
    /// differ between machines, hence tables are stored, never rebuilt.
    ///
    /// - Parameters:
    ///   - shape: 0.3...4.
    ///   - origin: Scale of the first table, in units of 1/16 octave above the step.
    ///   - count: How many tables.
    ///   - tablesPerOctave: One of `densities`.
    ///   - precision: Of the tables, 10...14.
    /// - Returns: The family, its alphabets wide enough to escape once in 2^11 values, up to 127.
    package static func generalizedGaussian(
        shape: Double = 1,
        origin: Int = -64,
        count: Int = 48,
        tablesPerOctave: Int = 4,
        precision: Int = 14
    ) -> LatentFamily {
        precondition((0.3...4).contains(shape), "shapes lie within 0.3...4")
        precondition((10...14).contains(precision), "precisions lie within 10...14")
        let bins = (0..<count).map { index in
            let scale = exp2((Double(origin) + Double(16 * index) / Double(tablesPerOctave)) / 16)
            return Bins(shape: shape, scale: scale)
        }
        do {
            return try LatentFamily(
                tables: bins.map { $0.table(precision: precision) },
                centroidShifts: bins.map(\.centroidShift),
                origin: origin,
                tablesPerOctave: tablesPerOctave
            )
        } catch {
            preconditionFailure("densities give valid tables, yet: \(error)")
        }
    }

    /// The probabilities of the bins of one density, and where the mass lies in them.
    private struct Bins {
        /// Of a magnitude, both signs together.
        private var masses: [Double] = [0]

        /// Mass of the magnitudes beyond the alphabet.
        private var escape = 0.0

        private(set) var centroidShift: UInt8 = 0

        init(shape: Double, scale: Double) {
            let width = scale * exp((lgamma(1 / shape) - lgamma(3 / shape)) / 2)
            let total = width * exp(lgamma(1 + 1 / shape))
            var (outside, moment, magnitude) = (0.0, 0.0, 1)
            repeat {
                let (mass, first) = Self.integrate(
                    from: Double(magnitude) - 0.5,
                    pieces: Int(min(max(2 / scale, 1), 64)),
                    density: { exp(-pow($0 / width, shape)) / total }
                )
                masses.append(mass)
                outside += mass
                moment += Double(magnitude) * mass - first
                magnitude += 1
            } while magnitude < 4096 && masses[magnitude - 1] > 1e-9 * outside
            masses[0] = max(1 - outside, 0)
            if outside > 0 {
                centroidShift = UInt8(min(max((256 * moment / outside).rounded(), 0), 128))
            }
            var tail = 0.0
            while masses.count > 2, masses.count > 128 || tail + masses[masses.count - 1] < 0x1p-11
            {
                tail += masses.removeLast()
            }
            escape = tail
        }

        func table(precision: Int) -> FrequencyTable {
            var weights = [masses[0]]
            for mass in masses.dropFirst() { weights += [mass / 2, mass / 2] }
            weights.append(escape)
            return FrequencyTable(counts: weights.map { UInt64($0 * 0x1p40) }, precision: precision)
        }

        /// Mass and first moment of a density over one step, by Gauss and Legendre's rule with
        /// three nodes a piece.
        private static func integrate(
            from start: Double,
            pieces: Int,
            density: (Double) -> Double
        ) -> (mass: Double, moment: Double) {
            let half = 0.5 / Double(pieces)
            let nodes = [(-0.6.squareRoot(), 5.0 / 9), (0, 8.0 / 9), (0.6.squareRoot(), 5.0 / 9)]
            var (mass, moment) = (0.0, 0.0)
            for piece in 0..<pieces {
                let middle = start + Double(2 * piece + 1) * half
                for (node, weight) in nodes {
                    let place = middle + half * node
                    let share = half * weight * density(place)
                    mass += share
                    moment += place * share
                }
            }
            return (mass, moment)
        }
    }
}
