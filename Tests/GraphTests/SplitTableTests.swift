import Testing

@testable import Graph

@Suite struct SplitTableTests {
    @Test func columnsAreAligned() {
        let points = [
            SplitPoint(
                tensor: "conv1",
                type: TensorType(element: .float, shape: [1, 64, 112, 112]),
                head: Cost(multiplyAccumulates: 118_013_952, parameters: 9408),
                tail: Cost(multiplyAccumulates: 3_971_170_304, parameters: 25_601_000)
            ),
            SplitPoint(
                tensor: "p",
                type: TensorType(element: .float, shape: [1, 10]),
                head: Cost(multiplyAccumulates: 4_089_184_256, parameters: 25_610_408),
                tail: Cost(multiplyAccumulates: 0, parameters: 0)
            ),
        ]
        #expect(
            SplitTable.render(points) == """
                tensor  shape           bytes  head MACs  tail MACs  head params  tail params
                conv1   1x64x112x112  3211264       118M      3.97G        9.41k        25.6M
                p       1x10               40      4.09G          0        25.6M            0

                """
        )
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1.00k"), (9994, "9.99k"), (9996, "10.0k"),
        (99_949, "99.9k"),
        (99_960, "100k"), (999_499, "999k"), (999_501, "1.00M"), (1_050_000, "1.05M"),
        (19_632_062_464, "19.6G"), (5_000_000_000_000_000, "5000T"),
    ])
    func countsHaveThreeDigits(count: Int, text: String) {
        #expect(SplitTable.rounded(count) == text)
    }
}
