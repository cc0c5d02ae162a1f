/// Buffers of a walk through a latent, kept from one latent to the next.
struct LatentContextState: Sendable {
    /// One for each (channel, group).
    private var cells: [LatentWalk.Cell] = []

    /// One for each position.
    private var channelSums: [SIMD2<Int32>] = []

    /// Calls `body` with a walk at the first coefficient of a latent.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - offsets: What is taken off the scales of each channel, in units of 1/16 octave; one for all
    ///     of them if there is only one.
    ///   - values: Quantised values, channel-major; those walked past have to be there.
    ///   - body: Gets the walk, which is valid only within it.
    mutating func withWalk(
        _ model: LatentModel,
        offsets: [Int],
        values: UnsafePointer<Int16>,
        _ body: (inout LatentWalk) -> Void
    ) {
        prepare(model, offsets: offsets)
        let context = model.context
        let neighbours = context?.neighbours ?? []
        let adjustments = context?.adjustments ?? []
        cells.withUnsafeBufferPointer { cells in
            channelSums.withUnsafeMutableBufferPointer { sums in
                neighbours.withUnsafeBufferPointer { neighbours in
                    adjustments.withUnsafeBufferPointer { adjustments in
                        model.group.withUnsafeBufferPointer { group in
                            var walk = LatentWalk(
                                model: model,
                                group: group,
                                cells: cells,
                                channelSums: sums,
                                neighbours: neighbours,
                                adjustments: adjustments,
                                values: values
                            )
                            body(&walk)
                        }
                    }
                }
            }
        }
    }

    private mutating func prepare(_ model: LatentModel, offsets: [Int]) {
        cells.removeAll(keepingCapacity: true)
        for channel in 0..<model.channels {
            let offset = offsets.count == 1 ? offsets[0] : offsets[channel]
            let groups = channel * model.groupCount..<(channel + 1) * model.groupCount
            for index in model.scaleIndices[groups] {
                let scale = Int(index) - offset
                let table = model.family.table(forScale: scale)
                cells.append(
                    LatentWalk.Cell(
                        scale: Int32(scale),
                        table: Int32(table),
                        expectation: model.context == nil ? 0 : model.expectedMagnitudes[table]
                    )
                )
            }
        }
        guard model.context != nil else { return }
        channelSums.removeAll(keepingCapacity: true)
        channelSums.append(contentsOf: repeatElement(.zero, count: model.positions))
    }
}
