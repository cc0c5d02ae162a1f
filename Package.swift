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
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        // C libraries, each imported by one Swift target.
        .target(
            name: "COpenVINO",
            cSettings: [.unsafeFlags(["-I", openVINO + "/include"])],
            linkerSettings: [
                .unsafeFlags(["-L", openVINO + "/lib", "-Xlinker", "-rpath=\(openVINO)/lib"]),
                .linkedLibrary("openvino_c"),
            ]
        ),
        .target(name: "CImageResize"),
        .target(name: "CPrefetch"),
        .systemLibrary(name: "CLAPACK"),
        .systemLibrary(name: "CNettle"),
        .systemLibrary(name: "CSPNG"),
        .systemLibrary(name: "CTurboJPEG"),
        .systemLibrary(name: "CWebP"),
        .systemLibrary(name: "CZeroMQ"),
        .target(name: "CLinux"),

        // The simulated system: pure.
        .target(
            name: "SimulationCore",
            dependencies: [
                "CPrefetch", .product(name: "BasicContainers", package: "swift-collections"),
            ],
            swiftSettings: hot
        ),
        .target(name: "Links", dependencies: ["SimulationCore"], swiftSettings: hot),
        .target(
            name: "Scenario",
            dependencies: ["ImageCodecs", "Links", "SimulationCore"],
            swiftSettings: strict
        ),
        .target(
            name: "Cluster",
            dependencies: [
                "Links",
                "Scenario",
                "SimulationCore",
                .product(name: "BasicContainers", package: "swift-collections"),
            ],
            swiftSettings: hot
        ),

        // The real work: networks, codes, images.
        .target(name: "Hashing", dependencies: ["CNettle"], swiftSettings: hot),
        .target(name: "Coding", exclude: ["BITSTREAM.md"], swiftSettings: hot),
        .target(
            name: "Graph",
            dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
            exclude: ["Protobuf/onnx.proto"],
            swiftSettings: strict
        ),
        .target(
            name: "ImageCodecs",
            dependencies: ["CImageResize", "CSPNG", "CTurboJPEG", "CWebP"],
            swiftSettings: hot
        ),
        .target(name: "Inference", dependencies: ["COpenVINO"], swiftSettings: hot),
        .target(
            name: "Bottleneck",
            dependencies: [
                "CLAPACK",
                "Coding",
                "Graph",
                "Hashing",
                "ImageCodecs",
                "Inference",
                "SimulationCore",
            ],
            swiftSettings: hot
        ),

        // What joins them.
        .target(
            name: "Messaging",
            dependencies: [
                "CZeroMQ",
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Protobuf/wire.proto"],
            swiftSettings: strict
        ),
        .target(
            name: "Results",
            dependencies: [
                "CPrefetch",
                "Cluster",
                "Hashing",
                "Scenario",
                "SimulationCore",
                .product(name: "BasicContainers", package: "swift-collections"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ],
            swiftSettings: hot
        ),
        .target(
            name: "Runtime",
            dependencies: [
                "Bottleneck",
                "CLinux",
                "Cluster",
                "Coding",
                "Graph",
                "Hashing",
                "ImageCodecs",
                "Inference",
                "Links",
                "Messaging",
                "Results",
                "Scenario",
                "SimulationCore",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: hot
        ),
        .executableTarget(
            name: "simcoord",
            dependencies: [
                "Bottleneck",
                "Cluster",
                "Graph",
                "Hashing",
                "ImageCodecs",
                "Inference",
                "Results",
                "Runtime",
                "Scenario",
                "SimulationCore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: hot),
        .target(
            name: "BottleneckTestSupport",
            dependencies: [
                "Bottleneck",
                "Coding",
                "Graph",
                "GraphTestSupport",
                "Hashing",
                "ImageCodecs",
                "SimulationCore",
                "TestSupport",
            ],
            path: "Tests/BottleneckTestSupport",
            swiftSettings: hot
        ),
        .testTarget(
            name: "BottleneckTests",
            dependencies: [
                "Bottleneck",
                "BottleneckTestSupport",
                "Coding",
                "Graph",
                "GraphTestSupport",
                "Hashing",
                "ImageCodecs",
                "Inference",
                "SimulationCore",
                "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ClusterTests",
            dependencies: [
                "Cluster", "ImageCodecs", "Links", "Scenario", "SimulationCore", "TestSupport",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CodingTests",
            dependencies: ["Coding", "TestSupport"],
            swiftSettings: strict
        ),
        .target(
            name: "GraphTestSupport",
            dependencies: ["Graph", "TestSupport"],
            path: "Tests/GraphTestSupport",
            swiftSettings: hot
        ),
        .testTarget(
            name: "GraphTests",
            dependencies: ["Graph", "GraphTestSupport", "TestSupport"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GradientTests",
            dependencies: ["Graph", "GraphTestSupport", "Inference", "TestSupport"],
            exclude: ["ThirdParty"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SplitTests",
            dependencies: ["Graph", "GraphTestSupport", "Inference", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HashingTests",
            dependencies: ["Hashing", "SimulationCore"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ImageCodecsTests",
            dependencies: ["ImageCodecs", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "InferenceTests",
            dependencies: ["Inference", "TestSupport"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LinksTests",
            dependencies: ["Links", "SimulationCore", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MessagingTests",
            dependencies: ["Messaging", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ResultsTests",
            dependencies: [
                "Cluster", "Hashing", "Results", "Scenario", "SimulationCore", "TestSupport",
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Bottleneck",
                "BottleneckTestSupport",
                "Cluster",
                "Graph",
                "Inference",
                "Runtime",
                "Scenario",
                "simcoord",
                "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "WorkerFixture",
            dependencies: ["Messaging", "Runtime"],
            path: "Tests/WorkerFixture",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RuntimeTests",
            dependencies: [
                "Bottleneck",
                "BottleneckTestSupport",
                "Cluster",
                "Coding",
                "Graph",
                "Hashing",
                "ImageCodecs",
                "Inference",
                "Messaging",
                "Results",
                "Runtime",
                "Scenario",
                "SimulationCore",
                "WorkerFixture",
                "TestSupport",
            ],
            exclude: ["ThirdParty"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ScenarioTests",
            dependencies: ["ImageCodecs", "Links", "Scenario", "SimulationCore", "TestSupport"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SimulationCoreTests",
            dependencies: ["SimulationCore"],
            swiftSettings: strict
        ),
    ]
)
