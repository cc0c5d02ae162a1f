import ImageCodecs
import Testing

@testable import Bottleneck

@Suite struct DesignRecordTests {
    private func set(_ count: Int, title: String = "photos") -> ImageSet {
        ImageSet(title: title, names: (0..<count).map { "\($0)" }, labels: nil) { _ in
            PixelImage(width: 1, height: 1, channels: .gray, samples: [0])
        }
    }

    private func record(_ samples: Int, heldOut: Int?) -> DesignRecord {
        var record = DesignRecord(data: "photos", samples: samples, seed: 1)
        record.heldOut = heldOut
        return record
    }

    @Test func `what was kept out is noted and found`() {
        let record = record(70, heldOut: 30)
        #expect(record.options["hold-out"] == "30")
        #expect(record.heldOut(of: set(100)) == 30)
        #expect(record.heldOut(of: set(101)) == nil)
        #expect(self.record(100, heldOut: 0).heldOut(of: set(100)) == nil)
        #expect(self.record(100, heldOut: nil).heldOut(of: set(100)) == nil)
    }

    @Test func `images that were kept out were not designed on`() {
        let record = record(70, heldOut: 30)
        #expect(record.designImages(among: HoldOut(30, of: 100).evaluation, of: set(100)) == 0)
        #expect(record.designImages(among: Array(0..<100), of: set(100)) == 70)
        let more = HoldOut(60, of: 100).evaluation
        let expected = more.count { HoldOut(30, of: 100).design.contains($0) }
        #expect(record.designImages(among: more, of: set(100)) == expected)
        #expect(expected > 0)
    }

    @Test func `sets are told apart by name and size`() {
        let record = record(70, heldOut: 30)
        let all = Array(0..<90)
        #expect(record.designImages(among: all, of: set(90, title: "others")) == 0)
        #expect(record.designImages(among: all, of: set(90)) == 90)
        #expect(record.designImages(among: all, of: set(100, title: "copy")) > 0)
        // Figures that make no sense are no set's.
        #expect(self.record(.max, heldOut: .max).designImages(among: all, of: set(90)) == 90)
        #expect(self.record(.min, heldOut: -1).heldOut(of: set(90)) == nil)
    }
}
