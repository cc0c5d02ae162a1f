/// What a device may choose for a request.
package struct OperatingPoint: Sendable, Equatable {
    package var name: String
    package var kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    package enum Kind: Sendable, Equatable, Hashable {
        /// The whole network on the device; nothing is sent.
        case local
        /// Send the pixels as they are.
        case raw
        case png
        /// JPEG at a quality of 1…100.
        case jpeg(quality: Int)
        /// Lossy WebP at a quality of 1…100, on its own scale.
        case webp(quality: Int)
        /// Run the head, send the tensor as float32.
        case splitFloat(tensor: String)
        /// Run the head, send the tensor quantised to `bits` (2…8) and entropy-coded.
        case splitQuantized(tensor: String, bits: Int)
        /// Run the head and a bottleneck unit's encoder, send the coded latent.
        case unit(UnitReference, UnitRate)
        /// Synthetic work: the device's share, then the edge server's.
        case synthetic
    }

    /// The tensor at which the edge server enters the network; nil when it runs the whole network
    /// or nothing.
    package var entryTensor: String? {
        switch kind {
        case .splitFloat(let tensor), .splitQuantized(let tensor, _): tensor
        case .unit(let unit, _): unit.tensor
        case .local, .raw, .png, .jpeg, .webp, .synthetic: nil
        }
    }

    /// Whether the request leaves the device.
    package var isOffloaded: Bool { kind != .local }
}
