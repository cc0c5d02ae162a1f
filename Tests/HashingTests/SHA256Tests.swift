import Hashing
import SimulationCore
import Testing

@Suite struct SHA256Tests {
    /// The examples of FIPS 180-2, appendix B, and the hash of nothing.
    @Test(arguments: [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "a", 1_000_000,
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func `published hashes`(text: String, times: Int, hash: String) {
        let bytes = Array(String(repeating: text, count: times).utf8)
        #expect(SHA256.hash(data: bytes).hexadecimal == hash)
    }

    @Test func `parts give the hash of the whole, and every one on the way`() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for size in [1, 3, 63, 64, 65, 128, 300] {
            var hash = SHA256()
            for start in stride(from: 0, to: bytes.count, by: size) {
                let end = min(start + size, bytes.count)
                bytes[start..<end].withUnsafeBytes { hash.update(bufferPointer: $0) }
                #expect(hash.finalize() == SHA256.hash(data: bytes[..<end]))
            }
        }
    }

    @Test func `bytes that lie in no buffer have the hash of those that do`() {
        let bytes = (0..<100).map { UInt8($0) }
        #expect(SHA256.hash(data: bytes.lazy.map { $0 }) == SHA256.hash(data: bytes))
    }
}
