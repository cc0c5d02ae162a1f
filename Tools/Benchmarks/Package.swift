// swift-tools-version: 6.2
import PackageDescription

/// Where `Tools/bootstrap` unpacks OpenVINO's headers and libraries.
let openVINO = Context.packageDirectory + "/../../.openvino"

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Compiles the sources it measures itself (folders of the package's targets are links): what they
/// offer is `package`, which does not reach from one package into another.
let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    ],
    targets: [
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
        .target(
            name: "SimulationCore",
            dependencies: [
                "CPrefetch", .product(name: "BasicContainers", package: "swift-collections"),
            ],
            swiftSettings: strict
        ),
        .target(name: "Coding", exclude: ["BITSTREAM.md"], swiftSettings: strict),
        .target(
            name: "Graph",
            dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
            exclude: ["Protobuf/onnx.proto"],
            swiftSettings: strict
        ),
        .target(
            name: "ImageCodecs",
            dependencies: ["CImageResize", "CSPNG", "CTurboJPEG", "CWebP"],
            swiftSettings: strict
        ),
        .target(name: "Inference", dependencies: ["COpenVINO"], swiftSettings: strict),
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
            swiftSettings: strict
        ),
        .target(name: "Hashing", dependencies: ["CNettle"], swiftSettings: strict),
        .executableTarget(
            name: "coding-benchmark",
            dependencies: ["Coding"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "inference-benchmark",
            dependencies: ["Graph", "Inference"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "queue-benchmark",
            dependencies: ["SimulationCore"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "training-benchmark",
            dependencies: ["Bottleneck", "Graph", "Inference"],
            swiftSettings: strict
        ),
    ]
)
