/// What a bundle is refused for.
extension BottleneckError {
    package static func notABundle(_ file: String) -> Self {
        Self(
            file,
            "it is not a bottleneck bundle",
            remedy: "name a file made with simcoord train or simcoord import-unit"
        )
    }

    package static func otherBundleVersion(_ file: String, _ version: Int) -> Self {
        Self(
            file,
            "it has bundle format \(version), and this build reads \(BundleContainer.version)",
            remedy: "use the simcoord that made it, or make it again with this one"
        )
    }

    package static func truncatedBundle(_ file: String) -> Self {
        Self(file, "the bundle is cut short", remedy: "copy it again, as binary data")
    }

    package static func alteredBundle(_ file: String) -> Self {
        Self(
            file,
            "the bundle was altered: its content does not match its SHA-256",
            remedy: "copy it again, as binary data"
        )
    }

    package static func damagedBundle(_ file: String, _ reason: String) -> Self {
        Self(file, "the bundle is malformed: \(reason)", remedy: "make it again")
    }

    package static func otherNetwork(
        _ file: String,
        _ expected: BottleneckBundle.NetworkReference,
        _ actual: BottleneckBundle.NetworkReference
    ) -> Self {
        func shown(_ network: BottleneckBundle.NetworkReference) -> String {
            "\(network.name) (SHA-256 \(network.sha256.prefix(12))…)"
        }
        return Self(
            file,
            "the bundle is for \(shown(expected)), not for \(shown(actual))",
            remedy: "name that network, or make a bundle for this one with simcoord train"
        )
    }
}
