import Foundation

/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c): the same numbers on every machine.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// A stream of its own for every `name`, by FNV-1a.
    package init(seed: UInt64, name: String) {
        state = name.utf8.reduce(0xcbf2_9ce4_8422_2325 ^ seed) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// `count` draws from the standard normal distribution, by Box and Muller.
    package mutating func normals(_ count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            var index = 0
            while index < count {
                let bits = next()
                let radius = (-2 * log((Float(bits >> 40) + 1) * 0x1p-24)).squareRoot()
                let angle = 2 * Float.pi * Float(bits & 0xff_ffff) * 0x1p-24
                buffer[index] = radius * cos(angle)
                if index + 1 < count { buffer[index + 1] = radius * sin(angle) }
                index += 2
            }
            filled = count
        }
    }
}
