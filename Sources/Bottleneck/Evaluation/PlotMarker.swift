/// The shape of a point, about 9 pixels wide.
enum PlotMarker: CaseIterable {
    case circle
    case square
    case triangle
    case diamond
    case invertedTriangle
    case pentagon
    case cross
    case star

    /// Outline around the origin, as an SVG path.
    var path: String {
        switch self {
        case .circle: "M-4.2,0a4.2,4.2 0 1,0 8.4,0a4.2,4.2 0 1,0 -8.4,0z"
        case .square: "M-3.8,-3.8h7.6v7.6h-7.6z"
        case .triangle: "M0,-5L4.7,3.6H-4.7z"
        case .diamond: "M0,-5.3L5.3,0L0,5.3L-5.3,0z"
        case .invertedTriangle: "M0,5L4.7,-3.6H-4.7z"
        case .pentagon: "M0,-4.9L4.7,-1.5L2.9,4H-2.9L-4.7,-1.5z"
        case .cross: "M-1.6,-4.8h3.2v3.2h3.2v3.2h-3.2v3.2h-3.2v-3.2h-3.2v-3.2h3.2z"
        case .star: "M0,-5.6L1.5,-1.7L5.6,-1.5L2.4,1L3.5,5L0,2.8L-3.5,5L-2.4,1L-5.6,-1.5L-1.5,-1.7z"
        }
    }
}
