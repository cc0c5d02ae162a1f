import FoundationEssentials
import Hashing
import ImageCodecs
import Testing

@testable import Bottleneck

struct BottleneckBundleTests {
    private let bundle: BottleneckBundle
    private let bytes: [UInt8]

    init() throws {
        bundle = try BundleFixture().bundle
        bytes = try bundle.serialized()
    }

    private func refusal(of bytes: [UInt8]) -> BottleneckError? {
        do {
            _ = try BottleneckBundle(bytes: bytes, name: "b")
            return nil
        } catch {
            return error
        }
    }

    /// The bytes with a hash that holds, as another program might have written them.
    private func sealed(_ bytes: [UInt8]) -> [UInt8] {
        let content = bytes.dropLast(32)
        return content + SHA256.hash(data: content)
    }

    @Test func `reading gives what was written`() throws {
        #expect(try BottleneckBundle(bytes: bytes, name: "b") == bundle)
        var bare = bundle
        bare.evaluation = nil
        bare.design.seconds = nil
        #expect(try BottleneckBundle(bytes: bare.serialized(), name: "b") == bare)
    }

    @Test func `equal bundles give equal bytes`() throws {
        #expect(try BundleFixture().bundle.serialized() == bytes)
        #expect(BottleneckBundle.digest(of: bytes).count == 64)
        var other = bundle
        other.design.seed += 1
        #expect(
            try BottleneckBundle.digest(of: other.serialized())
                != BottleneckBundle.digest(of: bytes)
        )
    }

    @Test func `a file is replaced as a whole`() throws {
        let file = URL(filePath: "/tmp/bundle-\(UUID().uuidString).bottleneck")
        defer {
            do {
                try FileManager.default.removeItem(at: file)
            } catch {
                Issue.record(error)
            }
        }
        try bundle.write(to: file)
        #expect(try BottleneckBundle(contentsOf: file) == bundle)
        try bundle.write(to: file)
        #expect(try BottleneckBundle.bytes(of: file) == bytes)
        #expect(throws: BottleneckError.self) {
            try bundle.write(to: URL(filePath: "/nowhere/at/all.bottleneck"))
        }
        #expect(throws: BottleneckError.self) {
            try BottleneckBundle(contentsOf: URL(filePath: "/nowhere.bottleneck"))
        }
    }

    @Test func `the description is readable text near the front`() throws {
        let text = String(decoding: bytes.dropFirst(32).prefix(1_600), as: UTF8.self)
        #expect(text.contains("\"tensor\" : \"cut\""))
        #expect(text.contains("\"sha256\" : \"abab"))
    }

    @Test func `every truncation is refused`() {
        for count in 1..<bytes.count {
            #expect(refusal(of: Array(bytes.prefix(count))) == .truncatedBundle("b"), "\(count)")
        }
        #expect(refusal(of: []) == .notABundle("b"))
    }

    @Test func `every altered byte is refused`() {
        for index in bytes.indices {
            var altered = bytes
            altered[index] ^= 0x21
            let error = refusal(of: altered)
            switch index {
            case 0..<8: #expect(error == .notABundle("b"))
            case 8..<12: #expect(error?.reason.contains("bundle format") == true)
            case 12..<20: #expect(error == .truncatedBundle("b") || error == .alteredBundle("b"))
            default: #expect(error == .alteredBundle("b"), "\(index)")
            }
        }
        #expect(refusal(of: bytes + [0]) == .alteredBundle("b"))
    }

    @Test func `what is no bundle and what is of another version is refused`() {
        #expect(refusal(of: Array("a text".utf8)) == .notABundle("b"))
        var later = bytes
        later[8] = 9
        #expect(refusal(of: sealed(later)) == .otherBundleVersion("b", 9))
    }

    /// A hash that holds does not make the content good: nothing crashes.
    @Test func `damage with a good hash is read or refused`() {
        let refusals = (12..<bytes.count - 32).map { index in
            var altered = bytes
            altered[index] ^= 0x11
            return refusal(of: sealed(altered))
        }
        #expect(refusals.count { $0 == nil } > 100)
        #expect(refusals.count { $0 != nil } > 100)
        #expect(refusals.allSatisfy { $0?.reason.isEmpty != true })
        var tag = bytes
        tag[20] = UInt8(ascii: "X")
        #expect(refusal(of: sealed(tag))?.reason.contains("section JSON") == true)
        var long = bytes
        long[30] = 1
        #expect(refusal(of: sealed(long))?.reason.contains("longer") == true)
    }

    @Test(arguments: ["scale", "levels", "steps", "shape"])
    func `what could not be read again is not written`(part: String) {
        var broken = bundle
        switch part {
        case "scale": broken.input.scale = -128
        case "levels":
            broken.unit.levels = (0..<65).map { .init(name: "\($0)", steps: [Float(65 - $0)]) }
        case "steps": broken.unit.levels[1].steps = [1]
        default: broken.shape = [1, 3, 4, 4]
        }
        let error = #expect(throws: BottleneckError.self) { try broken.serialized() }
        #expect(error?.subject == "the bundle of tensor 'cut'")
        #expect(error?.reason.hasPrefix("it cannot be written: ") == true)
    }

    @Test func `figures that are not finite are not written`() {
        var broken = bundle
        broken.evaluation?.rows[0].divergence = .nan
        #expect(throws: BottleneckError.self) { try broken.serialized() }
    }
}
