/// Real split inference of a pretrained network over a labelled data set.
package struct NetworkWorkload: Sendable, Equatable {
    /// Path of the ONNX file.
    package var onnx: String
    package var input: InputFormat
    package var dataset: Dataset
    /// Samples that entropy tables and quantiser ranges are taken from; disjoint from `dataset`.
    package var calibration: Dataset?

    package init(
        onnx: String,
        input: InputFormat,
        dataset: Dataset,
        calibration: Dataset? = nil
    ) {
        self.onnx = onnx
        self.input = input
        self.dataset = dataset
        self.calibration = calibration
    }

    /// How pixels become the network's input: `(pixel − mean) / scale`, pixels 0…255.
    package struct InputFormat: Sendable, Equatable {
        package var height: Int
        package var width: Int
        package var channels: Int
        package var mean: Double
        package var scale: Double

        package init(height: Int, width: Int, channels: Int, mean: Double, scale: Double) {
            self.height = height
            self.width = width
            self.channels = channels
            self.mean = mean
            self.scale = scale
        }
    }

    /// A run of samples of an IDX pair (images and labels), `first ..< first + count`.
    package struct Dataset: Sendable, Equatable {
        package var images: String
        package var labels: String
        package var first: Int
        package var count: Int

        package init(images: String, labels: String, first: Int, count: Int) {
            self.images = images
            self.labels = labels
            self.first = first
            self.count = count
        }
    }
}
