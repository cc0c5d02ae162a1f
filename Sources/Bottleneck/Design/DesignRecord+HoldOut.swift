extension DesignRecord {
    private static let heldOutOption = "hold-out"

    /// How many images were kept out of the design, by the rule of `HoldOut`; nil where nobody noted it.
    package var heldOut: Int? {
        get { options[Self.heldOutOption].flatMap { Int($0) } }
        set { options[Self.heldOutOption] = newValue.map { "\($0)" } }
    }

    /// How many of a set's images the design kept out.
    ///
    /// - Parameter set: All of the images.
    /// - Returns: Nil when the set has another size than the one of the design, or nothing was kept out.
    package func heldOut(of set: ImageSet) -> Int? {
        guard let heldOut, heldOut > 0, isOf(set) else { return nil }
        return heldOut
    }

    /// How many of some images the unit may have been designed on.
    ///
    /// Images are known by their places in a set of the design's size. A set that has only the name
    /// in common with the design's may hold any of its images.
    ///
    /// - Parameters:
    ///   - places: In the set.
    ///   - set: All of the images.
    /// - Returns: Their number.
    package func designImages(among places: [Int], of set: ImageSet) -> Int {
        guard isOf(set) else { return data == set.title ? places.count : 0 }
        let design = Set(HoldOut(heldOut ?? 0, of: set.count).design)
        return places.count { design.contains($0) }
    }

    /// Whether a set is as large as the one whose images were designed on and kept out.
    private func isOf(_ set: ImageSet) -> Bool {
        let heldOut = heldOut ?? 0
        return (0...set.count).contains(heldOut) && samples == set.count - heldOut
    }
}
