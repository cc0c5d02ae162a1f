/// The samples decoded last, so that a sample that is needed again soon is not decoded again.
struct RecentPixels: Sendable {
    /// Bytes of pixels in a process.
    static let bound = 1 << 30

    /// Samples that are kept.
    let capacity: Int
    private var pixels: [Int: [UInt8]] = [:]
    /// In the order of their decoding, from `next` on and around.
    private var order: [Int] = []
    private var next = 0

    init(sampleBytes: Int) { capacity = max(Self.bound / sampleBytes, 1) }

    subscript(sample: Int) -> [UInt8]? { pixels[sample] }

    /// Keeps a sample, in place of the one that was decoded first when there is no more room.
    mutating func keep(_ sample: Int, _ decoded: [UInt8]) {
        guard pixels.updateValue(decoded, forKey: sample) == nil else { return }
        if order.count < capacity {
            order.append(sample)
        } else {
            pixels[order[next]] = nil
            order[next] = sample
            next = (next + 1) % capacity
        }
    }
}
