package import Bottleneck
import FoundationEssentials
package import ImageCodecs
package import Scenario

extension ImageSet {
    /// The samples of a scenario's data set.
    ///
    /// - Throws: `InvalidInput`, which names the file that cannot be used.
    package init(
        _ dataset: NetworkWorkload.Dataset,
        input: ImageInput
    ) throws(InvalidInput) {
        let title = URL(filePath: dataset.files.images).lastPathComponent
        do {
            switch dataset.files {
            case .folder(let images, let labels):
                let range = dataset.first..<dataset.first + dataset.count
                self = try ImageSet(folder: images, labels: labels).subset(Array(range))
            case .idx:
                let samples = try SampleSet(dataset, input: input)
                self.init(
                    title: title,
                    names: (0..<samples.count).map { "\(title) \(dataset.first + $0)" },
                    labels: samples.labels.map { $0.map(Int.init) }
                ) { index throws(BottleneckError) in
                    do throws(InvalidInput) {
                        return PixelImage(
                            width: input.width,
                            height: input.height,
                            channels: input.channels == 1 ? .gray : .rgb,
                            samples: Array(try samples.pixels(index))
                        )
                    } catch {
                        throw BottleneckError(title, "\(error)", remedy: "name other samples")
                    }
                }
            }
        } catch let error as InvalidInput {
            throw error
        } catch {
            throw InvalidInput("\(error)")
        }
    }
}
