import Bottleneck
import Testing

struct CrossFitTests {
    @Test(arguments: [(10, 5), (13, 5), (300, 5), (2, 2), (7, 7)])
    func `folds share the images out evenly`(_ imageCount: Int, _ foldCount: Int) {
        let fit = CrossFit(imageCount: imageCount, foldCount: foldCount, seed: 4)
        let sizes = fit.folds.map(\.count)
        #expect(fit.folds.flatMap(\.self).sorted() == Array(0..<imageCount))
        #expect(sizes.max().map { $0 - (sizes.min() ?? 0) <= 1 } == true)
        for fold in fit.folds.indices {
            let design = fit.designImages(without: fold)
            #expect((design + fit.folds[fold]).sorted() == Array(0..<imageCount))
        }
        #expect(fit.joined(fit.folds) == Array(0..<imageCount))
    }

    @Test func `the seed decides, and shuffles`() {
        func folds(_ seed: UInt64) -> [[Int]] {
            CrossFit(imageCount: 100, foldCount: 5, seed: seed).folds
        }
        #expect(folds(1) == folds(1))
        #expect(folds(1) != folds(2))
        #expect(folds(1)[0] != Array(stride(from: 0, to: 100, by: 5)))
    }
}
