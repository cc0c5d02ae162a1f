import Graph
import GraphTestSupport
import Inference
import TestSupport
import Testing

@testable import Bottleneck

@Suite struct SpectralTransformTests {
    /// Moments of normal draws, computed by the graph that a design uses.
    private func moments(
        _ layout: SpectralLayout,
        _ tensors: [[Float]],
        _ engine: InferenceEngine
    ) throws -> BandMoments {
        let graph = try engine.compile(BandMoments.graph(layout), name: "moments", batch: 3)
        var sums = BandMoments(layout)
        for start in stride(from: 0, to: tensors.count, by: 3) {
            let batch = tensors[start..<min(start + 3, tensors.count)]
            graph.withInput(0) { input in
                input.update(repeating: 0)
                for (index, value) in batch.joined().enumerated() { input[index] = value }
            }
            try graph.infer()
            sums.add(graph, samples: batch.count)
        }
        return sums
    }

    /// The frequencies of a plane, by the definition of the transform.
    private func frequencies(_ tensor: [Float], _ layout: SpectralLayout) -> [Double] {
        let plane = layout.plane
        let down = PlaneTransform.matrix(size: plane.height, kept: plane.keptHeight)
        let across = PlaneTransform.matrix(size: plane.width, kept: plane.keptWidth)
        return (0..<layout.channels).flatMap { channel in
            plane.order.map { frequency in
                let (u, v) = frequency.quotientAndRemainder(dividingBy: plane.keptWidth)
                var sum = 0.0
                for row in 0..<plane.height {
                    for column in 0..<plane.width {
                        let value = tensor[(channel * plane.height + row) * plane.width + column]
                        sum +=
                            Double(value) * Double(down[u * plane.height + row])
                            * Double(across[v * plane.width + column])
                    }
                }
                return sum
            }
        }
    }

    private static let layouts = [
        SpectralLayout(shape: [5, 6, 4], needsMeanOnly: false),
        SpectralLayout(shape: [4, 3, 3], needsMeanOnly: true),
        SpectralLayout(shape: [7], needsMeanOnly: false),
    ]

    @Test(arguments: 0..<3) func `moments equal direct sums`(index: Int) throws {
        let layout = Self.layouts[index]
        var generator = SeededGenerator(seed: 3)
        let tensors = (0..<7).map { _ in generator.normals(layout.count).map { $0 + 0.5 } }
        let sums = try moments(layout, tensors, InferenceEngine())
        #expect(sums.samples == 7)
        let planes = tensors.map { frequencies($0, layout) }
        var start = 0
        for (band, positions) in layout.plane.bands.enumerated() {
            let range = start..<start + positions.count
            start = range.upperBound
            let moment = sums.secondMoment(band: band, aboutMeans: true)
            for row in 0..<layout.channels {
                for column in 0..<layout.channels {
                    func value(_ plane: [Double], _ channel: Int, _ position: Int) -> Double {
                        plane[channel * layout.plane.count + position]
                    }
                    var expected = 0.0
                    for position in range {
                        let ones = planes.map { value($0, row, position) }
                        let others = planes.map { value($0, column, position) }
                        let means = (ones.reduce(0, +) / 7, others.reduce(0, +) / 7)
                        expected += zip(ones, others).reduce(0) {
                            $0 + ($1.0 - means.0) * ($1.1 - means.1)
                        }
                    }
                    expected /= Double(7 * positions.count)
                    #expect(abs(moment.values[row * layout.channels + column] - expected) < 1e-4)
                }
            }
        }
    }

    @Test(arguments: [0, 2]) func `the decoder undoes the encoder`(index: Int) throws {
        let layout = Self.layouts[index]
        let engine = try InferenceEngine()
        let transform = try transform(layout, engine)
        for (precision, tolerance) in [
            (SpectralTransform.Precision.single, 1e-3), (.integers, 0.1),
        ] {
            let encoder = try engine.compile(
                transform.encoder(precision).model(outputs: ["latent"]),
                name: "encoder",
                batch: 2
            )
            let decoder = try engine.compile(
                transform.decoder(precision).model(outputs: ["restored"]),
                name: "decoder",
                batch: 2
            )
            #expect(encoder.outputs[0].shape == [2] + layout.latentShape)
            #expect(decoder.outputs[0].shape == [2] + layout.shape)
            var generator = SeededGenerator(seed: 8)
            let tensor = generator.normals(2 * layout.count)
            let restored = try decoder.run(encoder.run([tensor]))[0]
            for (value, other) in zip(tensor, restored) {
                #expect(abs(Double(value - other)) < tolerance)
            }
        }
    }

    @Test func `where the mean is enough, the decoder restores it`() throws {
        let layout = Self.layouts[1]
        let engine = try InferenceEngine()
        let transform = try transform(layout, engine)
        let encoder = try engine.compile(
            transform.encoder(.single).model(outputs: ["latent"]),
            name: "encoder",
            batch: 1
        )
        let decoder = try engine.compile(
            transform.decoder(.single).model(outputs: ["restored"]),
            name: "decoder",
            batch: 1
        )
        var generator = SeededGenerator(seed: 8)
        let tensor = generator.normals(layout.count)
        let restored = try decoder.run(encoder.run([tensor]))[0]
        for channel in 0..<4 {
            let plane = channel * 9..<(channel + 1) * 9
            let mean = tensor[plane].reduce(0, +) / 9
            for value in restored[plane] { #expect(abs(value - mean) < 1e-3) }
        }
    }

    @Test func `latents are uncorrelated, and their errors cost what the metric says`() throws {
        let layout = Self.layouts[0]
        let engine = try InferenceEngine()
        let (tensors, metric) = try statistics(layout, engine)
        let transform = try SpectralTransform(tensors: tensors, metric: metric, layout: layout)
        let size = layout.channels
        for band in layout.plane.bands.indices {
            let analysis = transform.analysis[band].map(Double.init)
            let transposed = SquareMatrix.transposed(analysis, size)
            // Tᵀ T is the metric, to the rounding of integers.
            let product = SquareMatrix.product(transposed, analysis, size)
            for (one, other) in zip(product, metric.bands[band].values) {
                #expect(abs(one - other) < 0.03 * metric.bands[band].trace)
            }
            let covariance = tensors.secondMoment(band: band, aboutMeans: band < 3)
            let latent = SquareMatrix.product(
                SquareMatrix.product(analysis, covariance.values, size),
                transposed,
                size
            )
            let variances = (0..<size).map { latent[$0 * size + $0] }
            for row in 0..<size {
                for column in 0..<row {
                    let limit = 0.05 * (variances[row] * variances[column]).squareRoot()
                    #expect(abs(latent[row * size + column]) < limit)
                }
            }
        }
    }

    private func transform(
        _ layout: SpectralLayout,
        _ engine: InferenceEngine
    ) throws -> SpectralTransform {
        let (tensors, metric) = try statistics(layout, engine)
        return try SpectralTransform(tensors: tensors, metric: metric, layout: layout)
    }

    private func statistics(
        _ layout: SpectralLayout,
        _ engine: InferenceEngine
    ) throws -> (BandMoments, FisherMetric) {
        var generator = SeededGenerator(seed: 12)
        let tensors = (0..<60).map { _ in
            let common = generator.normals(1)[0]
            return generator.normals(layout.count).map { 1 + $0 + common }
        }
        let gradients = (0..<60).map { _ in generator.normals(layout.count) }
        return (
            try moments(layout, tensors, engine),
            FisherMetric(
                gradients: try moments(layout, gradients, engine),
                plane: layout.plane
            )
        )
    }
}
