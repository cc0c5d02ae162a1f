extension LatentModel {
    /// Quantised values, with the level at which they were quantised.
    package typealias Observation = (values: [Int16], level: LatentLevel)

    /// How far an adjustment may go, in units of 1/16 octave; even, at most 126.
    private static let adjustmentLimit = 48

    /// This model with the adjustments of its context that code observed latents shortest.
    ///
    /// Which adjustment a coefficient gets does not depend on the adjustments, so that the best
    /// value of each follows from a single pass.
    ///
    /// - Parameter observations: Latents at all levels that are to be coded well.
    /// - Returns: The model; itself if it has no context.
    package func fittingAdjustments(to observations: [Observation]) -> LatentModel {
        guard let context else { return self }
        let (magnitudeLimit, width) = (Self.adjustmentLimit, Self.adjustmentLimit + 1)
        var costs = [Int](repeating: 0, count: context.adjustments.count * width)
        for (values, level) in observations {
            let codec = LatentCodec(model: self, level: level)
            codec.addCosts(of: values, width: width, to: &costs)
        }
        // Even candidates only; ties, as where nothing was observed, go to the least change.
        let adjustments = context.adjustments.indices.map { entry in
            let candidates = costs[entry * width..<(entry + 1) * width].enumerated()
            let best = candidates.min { left, right in
                let (near, far) = (
                    abs(2 * left.offset - magnitudeLimit), abs(2 * right.offset - magnitudeLimit)
                )
                return (left.element, near) < (right.element, far)
            }
            return Int8(2 * (best?.offset ?? 0) - magnitudeLimit)
        }
        return replacing(context.with(adjustments: adjustments))
    }

    private func replacing(_ context: LatentContext) -> LatentModel {
        do {
            return try LatentModel(
                channels: channels,
                group: group,
                scaleIndices: scaleIndices,
                family: family,
                order: order,
                context: context
            )
        } catch {
            preconditionFailure("a context of the same shape is valid again, yet: \(error)")
        }
    }
}

extension LatentCodec {
    /// Adds what each coefficient would cost, in units of 2^-16 bit, with each of `width` values of
    /// its adjustment, 2 apart around zero.
    fileprivate func addCosts(of values: [Int16], width: Int, to costs: inout [Int]) {
        let family = model.family
        let costOf = family.tables.map { table in
            (0..<table.alphabetSize).map { Int(table.cost(of: UInt8($0)) ?? 0) }
        }
        var state = LatentContextState()
        values.withUnsafeBufferPointer { values in
            let start = values.baseAddress.unsafelyUnwrapped
            state.withWalk(model, offsets: level.offsets, values: start) { walk in
                forEachCoefficient { channel, position in
                    let value = values[channel * model.positions + position]
                    let scale = walk.staticScale(channel: channel, position: position)
                    let entry = walk.adjustment(channel: channel, position: position) ?? 0
                    for index in 0..<width {
                        let table = family.table(forScale: scale + 2 * index + 1 - width)
                        let isPlain = abs(Int(value)) <= model.limits[table]
                        costs[entry * width + index] +=
                            isPlain
                            ? costOf[table][LatentSymbol.zigzag(Int(value))]
                            : family.cost(of: Int(value), table: table)
                    }
                    walk.pass(channel: channel, position: position, value: value)
                }
            }
        }
    }
}
