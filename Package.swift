// swift-tools-version: 6.2
import PackageDescription

/// Where `Tools/bootstrap` unpacks OpenVINO's headers and libraries.
let openVINO = Context.packageDirectory + "/.openvino"

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// `swift run` makes a debug build; the targets that do the computing are optimised there too.
let hot: [SwiftSetting] =
    strict + [.unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug))]

let package = Package(
    name: "simcoord",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .target(name: "SimulationCore", swiftSettings: hot),
        .testTarget(
            name: "SimulationCoreTests",
            dependencies: ["SimulationCore"],
            swiftSettings: strict
        ),
        .target(name: "Links", dependencies: ["SimulationCore"], swiftSettings: hot),
        .testTarget(
            name: "LinksTests",
            dependencies: ["Links", "SimulationCore"],
            swiftSettings: strict
        ),
        .target(
            name: "Scenario",
            dependencies: ["SimulationCore", "Links"],
            swiftSettings: strict
        ),
        .target(
            name: "Cluster",
            dependencies: ["SimulationCore", "Links", "Scenario"],
            swiftSettings: hot
        ),
        .target(
            name: "Results",
            dependencies: [
                "Cluster",
                "Scenario",
                "SimulationCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: hot
        ),
        .testTarget(
            name: "ResultsTests",
            dependencies: [
                "Cluster",
                "Results",
                "Scenario",
                "SimulationCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
    ]
)
