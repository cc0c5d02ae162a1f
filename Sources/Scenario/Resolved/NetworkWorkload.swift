package import ImageCodecs

/// Real split inference of a pretrained network over a data set.
package struct NetworkWorkload: Sendable, Equatable {
    /// Path of the ONNX file.
    package var onnx: String
    package var input: ImageInput
    package var dataset: Dataset
    /// Samples that entropy tables and quantiser ranges are taken from; disjoint from `dataset`.
    package var calibration: Dataset?

    package init(
        onnx: String,
        input: ImageInput,
        dataset: Dataset,
        calibration: Dataset? = nil
    ) {
        self.onnx = onnx
        self.input = input
        self.dataset = dataset
        self.calibration = calibration
    }

    /// A run of samples, `first ..< first + count`, out of files of images.
    package struct Dataset: Sendable, Equatable {
        package enum Files: Sendable, Equatable {
            /// An IDX pair of images, of the input's size, and labels.
            case idx(images: String, labels: String)
            /// A folder of JPEG and PNG files in `ImageFolder`'s order, and a CSV file of their classes.
            case folder(images: String, labels: String?)
        }

        package var files: Files
        package var first: Int
        package var count: Int

        package init(files: Files, first: Int, count: Int) {
            self.files = files
            self.first = first
            self.count = count
        }

        /// Without labels, a prediction is right when the uncut network predicts the same.
        package var isLabelled: Bool { files.labels != nil }
    }
}

extension NetworkWorkload.Dataset.Files {
    /// The file or folder of the images.
    package var images: String {
        switch self {
        case .idx(let images, _), .folder(let images, _): images
        }
    }

    package var labels: String? {
        switch self {
        case .idx(_, let labels): labels
        case .folder(_, let labels): labels
        }
    }
}
