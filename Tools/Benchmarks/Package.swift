// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Compiles the sources it measures itself (`Sources/Coding` is a link): what they offer is
/// `package`, which does not reach from one package into another.
let package = Package(
    name: "Benchmarks",
    targets: [
        .target(name: "Coding", exclude: ["BITSTREAM.md"], swiftSettings: strict),
        .executableTarget(
            name: "coding-benchmark",
            dependencies: ["Coding"],
            swiftSettings: strict
        ),
    ]
)
