import Foundation

/// The two-dimensional discrete cosine transform of a feature plane, its frequencies in radial bands.
///
/// Orthonormal, type II, as in Ahmed, Natarajan and Rao, "Discrete cosine transform", IEEE
/// Transactions on Computers (1974). A band holds the frequencies (u, v) of which √(u² + v²) lies
/// between two edges, u and v counted in half periods over the longer side.
struct PlaneTransform: Equatable {
    /// Radii at which bands end: the constant alone, then widening by about a factor of √2.
    private static let edges = [
        0.5, 1.5, 2.9, 4.5, 6.5, 9.5, 13.5, 19, 27, 38, 54, 76, 108,
    ]

    /// The widest band begins at this share of the largest radius at the latest.
    private static let lastEdge = 0.55

    /// Of the plane.
    let height: Int
    let width: Int
    /// Of the frequencies that are kept, from the lowest: all, or the constant alone.
    let keptHeight: Int
    let keptWidth: Int
    /// The frequencies u · `keptWidth` + v of each band, ascending; bands from low to high.
    let bands: [[Int]]

    /// - Parameters:
    ///   - height: Of the plane.
    ///   - width: Of the plane.
    ///   - keepsConstantOnly: Whether nothing but a plane's mean is needed.
    init(height: Int, width: Int, keepsConstantOnly: Bool = false) {
        self.height = height
        self.width = width
        keptHeight = keepsConstantOnly ? 1 : height
        keptWidth = keepsConstantOnly ? 1 : width
        let side = Double(max(height, width))
        let (down, across) = (side / Double(height), side / Double(width))
        let (keptHeight, keptWidth) = (keptHeight, keptWidth)
        let radii = (0..<keptHeight * keptWidth).map { index in
            let (u, v) = index.quotientAndRemainder(dividingBy: keptWidth)
            return hypot(Double(u) * down, Double(v) * across)
        }
        let largest = radii.max() ?? 0
        let edges = Self.edges.filter { $0 <= Self.lastEdge * largest }
        var bands = [[Int]](repeating: [], count: edges.count + 1)
        for (index, radius) in radii.enumerated() {
            bands[edges.count { $0 <= radius }].append(index)
        }
        self.bands = bands.filter { !$0.isEmpty }
    }

    /// The frequencies in the order of the bands.
    var order: [Int] { bands.flatMap(\.self) }

    /// How many frequencies are kept.
    var count: Int { keptHeight * keptWidth }

    /// The band of each position in the order of the bands.
    var bandOfPosition: [UInt8] {
        bands.enumerated().flatMap { band in
            [UInt8](repeating: UInt8(band.offset), count: band.element.count)
        }
    }

    /// The first `kept` rows of the transform of `size` points, row by row.
    static func matrix(size: Int, kept: Int) -> [Float] {
        (0..<kept * size).map { index in
            let (frequency, point) = index.quotientAndRemainder(dividingBy: size)
            let norm = (frequency == 0 ? 1 : 2) / Double(size)
            let phase = Double.pi * Double((2 * point + 1) * frequency) / Double(2 * size)
            return Float(norm.squareRoot() * cos(phase))
        }
    }

    /// The transpose of `matrix(size:kept:)`.
    static func inverseMatrix(size: Int, kept: Int) -> [Float] {
        let matrix = matrix(size: size, kept: kept)
        return (0..<size * kept).map { matrix[$0 % kept * size + $0 / kept] }
    }
}
