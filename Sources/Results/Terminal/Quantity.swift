import Foundation
import Scenario

/// Figures as people read them: three significant digits and a unit of fitting size.
enum Quantity {
    /// Nil gives a dash, as everywhere here.
    static func duration(_ nanoseconds: Double?) -> String {
        scaled(nanoseconds, [(1, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")])
    }

    static func duration(_ nanoseconds: Int64?) -> String {
        duration(nanoseconds.map { Double($0) })
    }

    static func bytes(_ count: Double?) -> String {
        scaled(count, [(1, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB")])
    }

    static func energy(_ joules: Double?) -> String {
        scaled(joules, [(1e-9, "nJ"), (1e-6, "µJ"), (1e-3, "mJ"), (1, "J"), (1e3, "kJ")])
    }

    static func rate(_ perSecond: Double?) -> String {
        guard let perSecond else { return dash }
        return significant(perSecond) + " /s"
    }

    static func percent(_ fraction: Double?) -> String {
        guard let fraction else { return dash }
        return String(format: "%.1f %%", fraction * 100)
    }

    /// With thousands separated, so that long counts can be read.
    static func count(_ value: Int) -> String {
        var digits = Array(String(value.magnitude))
        var position = digits.count - 3
        while position > 0 {
            digits.insert(",", at: position)
            position -= 3
        }
        return (value < 0 ? "-" : "") + String(digits)
    }

    /// Three significant digits, or all digits of a larger whole number; of less than one two decimals, or below a
    /// hundredth two digits.
    static func significant(_ value: Double) -> String {
        let magnitude = value.magnitude
        if magnitude >= 999.5 { return count(Int(value.rounded())) }
        if value == value.rounded() && magnitude >= 100 { return String(format: "%.0f", value) }
        if magnitude < 0.01 && magnitude > 0 { return String(format: "%.2g", value) }
        let decimals = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2
        return String(format: "%.\(decimals)f", value)
    }

    /// A figure of a summary, in the unit that its path tells.
    static func text(_ value: Double?, path: String) -> String {
        guard let value else { return dash }
        return switch FigureUnit(path: path) {
        case .duration: duration(value)
        case .bytes: bytes(value)
        case .energy: energy(value)
        case .rate, .number:
            value == value.rounded() && value.magnitude < 1e15
                ? count(Int(value)) : String(format: "%.4g", value)
        }
    }

    static let dash = "–"

    private static func scaled(_ value: Double?, _ units: [(size: Double, name: String)]) -> String
    {
        guard let value else { return dash }
        // 999.6 would be written as 1,000 of the smaller unit.
        let unit = units.last { value.magnitude >= $0.size * 0.9995 } ?? units[0]
        if value == 0 { return "0 " + (units.first { $0.size == 1 } ?? unit).name }
        let scaled = value / unit.size
        let isWholeUnit = unit.size == 1 && scaled == scaled.rounded()
        return (isWholeUnit ? count(Int(scaled)) : significant(scaled)) + " " + unit.name
    }
}
