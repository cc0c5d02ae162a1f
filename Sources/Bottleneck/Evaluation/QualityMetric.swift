import Foundation

/// What is held equal when the bytes of two curves are compared.
package enum QualityMetric: String, CaseIterable, Sendable {
    case divergence
    case agreement
    case accuracy

    /// The part of the axis that counts in a comparison of curves.
    ///
    /// More than 1 nat is a useless classifier; below 0.001 nats, a fiftieth of a point of
    /// accuracy, two networks cannot be told apart, yet on a logarithmic axis a lossless point
    /// would add decades.
    package var comparedRange: ClosedRange<Double> {
        switch self {
        case .divergence: 0.001...1
        case .agreement, .accuracy: 0...1
        }
    }

    /// Where `quality` lies on the axis over which rates are interpolated, upwards for better.
    ///
    /// -ln KL, or the share itself; nil for a KL of 0, which has no place on that axis.
    func coordinate(_ quality: Double) -> Double? {
        switch self {
        case .divergence: quality > 0 ? -log(quality) : nil
        case .agreement, .accuracy: quality
        }
    }

    /// The quality at a coordinate.
    func quality(at coordinate: Double) -> Double {
        switch self {
        case .divergence: exp(-coordinate)
        case .agreement, .accuracy: coordinate
        }
    }

    /// `comparedRange` in coordinates.
    var comparedCoordinates: ClosedRange<Double> {
        let range = comparedRange
        switch self {
        case .divergence: return -log(range.upperBound)...(-log(range.lowerBound))
        case .agreement, .accuracy: return range
        }
    }

    /// The metric of one image, or nil if it is not known.
    func value(_ measurement: Measurement) -> Double? {
        switch self {
        case .divergence: measurement.divergence
        case .agreement: measurement.agrees ? 1 : 0
        case .accuracy: measurement.isCorrect.map { $0 ? 1 : 0 }
        }
    }

    /// As text names it.
    package var title: String {
        switch self {
        case .divergence: "KL"
        case .agreement: "agreement"
        case .accuracy: "top-1"
        }
    }

    /// A figure of the metric for people: nats, or per cent.
    func text(_ quality: Double) -> String {
        switch self {
        case .divergence: String(format: "%.4f", quality)
        case .agreement, .accuracy: String(format: "%.1f %%", quality * 100)
        }
    }
}
