import Testing

@testable import Bottleneck

struct TrainingDataTests {
    /// Views of images, whose tensor is the image's number.
    private func data(images: Int, views: Int) -> TrainingData {
        let tensors = (0..<images * views).map { [Float($0 / views)] }
        return TrainingData(tensors: tensors, logits: tensors, features: tensors, views: views)
    }

    @Test func `all views of an image are on one side`() {
        let (training, validation) = data(images: 10, views: 3).split(every: 4)
        #expect(validation.tensors == [0, 0, 0, 4, 4, 4, 8, 8, 8].map { [$0] })
        #expect(training.count == 21)
        #expect(!training.tensors.contains { validation.tensors.contains($0) })
        #expect(training.views == 3 && validation.views == 3)
    }

    @Test func `without enough images all samples are on both sides`() {
        let (training, validation) = data(images: 3, views: 6).split(every: 4)
        #expect(training.count == 18 && validation.count == 18)
    }
}
