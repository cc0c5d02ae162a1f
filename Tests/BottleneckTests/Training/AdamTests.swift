import Foundation
import GraphTestSupport
import TestSupport
import Testing

@testable import Bottleneck

struct AdamTests {
    @Test func `a constant gradient moves every value by the rate`() {
        var values: [Float] = [1, 1, 1]
        var adam = Adam(count: 3)
        for step in 1...50 {
            adam.update(&values, gradient: [0.3, -20, 1e-3], rate: 0.01)
            for (value, sign) in zip(values, [1, -1, 1]) {
                #expect(abs(value - (1 - 0.01 * Float(step * sign))) < 1e-4)
            }
        }
    }

    /// Algorithm 1 as it is printed, in double precision.
    @Test func `moments are averaged and corrected as published`() {
        var generator = SeededGenerator(seed: 3)
        var adam = Adam(count: 1)
        var values: [Float] = [0.5]
        var (expected, first, second) = (0.5, 0.0, 0.0)
        for step in 1...200 {
            let gradient = generator.normals(1)
            let rate = 0.1 / Double(step)
            adam.update(&values, gradient: gradient, rate: Float(rate))
            first = 0.9 * first + 0.1 * Double(gradient[0])
            second = 0.999 * second + 0.001 * Double(gradient[0]) * Double(gradient[0])
            let mean = first / (1 - pow(0.9, Double(step)))
            let square = second / (1 - pow(0.999, Double(step)))
            expected -= rate * mean / (square.squareRoot() + 1e-8)
        }
        #expect(abs(Double(values[0]) - expected) < 1e-4)
    }

    @Test func `what has no gradient stays`() {
        var values: [Float] = [3, 4]
        var adam = Adam(count: 2)
        for _ in 0..<10 { adam.update(&values, gradient: [0, 1], rate: 0.1) }
        #expect(values[0] == 3)
    }

    @Test func `rates rise and then fall to zero`() {
        let schedule = LearningRateSchedule(warmUp: 4, steps: 104)
        let factors = (0..<104).map(schedule.factor)
        #expect(factors.prefix(5) == [0.2, 0.4, 0.6, 0.8, 1])
        #expect(abs(factors[54] - 0.5) < 1e-6)
        #expect(zip(factors[4...], factors[5...]).allSatisfy { $0 > $1 })
        #expect(factors[103] > 0 && factors[103] < 1e-3)
    }

    @Test func `a gradient longer than usual is shortened`() {
        var clipping = GradientClipping()
        for _ in 0..<20 { #expect(clipping.factor(for: [3, 4]) == 1) }
        #expect(abs(clipping.factor(for: [60, 80]) - 0.1) < 1e-6)
        // It has hardly changed what is usual.
        #expect(clipping.factor(for: [9, 0]) == 1)
        #expect(clipping.factor(for: [0, 0]) == 1)
    }
}
