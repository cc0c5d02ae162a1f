import Testing

@testable import Scenario

@Suite struct IDXFileTests {
    @Test func readsItemsByNumber() throws {
        let folder = try ScenarioFolder()
        let body = (0..<24).map { UInt8($0) }
        try folder.write([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3] + body, "a.idx")
        let file = try IDXFile(path: folder.path + "/a.idx")
        #expect(file.dimensions == [4, 2, 3])
        #expect(file.count == 4 && file.itemBytes == 6)
        #expect(try file.read(1..<3) == Array(body[6..<18]))
        #expect(try file.read(4..<4) == [])
    }

    /// No header makes a size that overflows.
    @Test func hugeDimensionsAreTruncation() throws {
        let folder = try ScenarioFolder()
        let dimension: [UInt8] = [255, 255, 255, 255]
        try folder.write([0, 0, 8, 4] + dimension + dimension + dimension + dimension, "a.idx")
        #expect(throws: IDXError.self) { try IDXFile(path: folder.path + "/a.idx") }
    }

    @Test func fileThatShrankIsRefused() throws {
        let folder = try ScenarioFolder()
        let file = try IDXFile(path: folder.path + "/images.idx")
        try folder.write(ScenarioFolder.idx([300, 4, 4], missing: 20), "images.idx")
        #expect(throws: IDXError.self) { try file.read(298..<300) }
        #expect(throws: IDXError.self) { try IDXFile(path: folder.path + "/none") }
    }
}
