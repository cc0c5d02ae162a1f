extension TensorCodec {
    /// What channels have in common.
    package enum Sharing: Hashable, Sendable {
        case perTensor
        case perChannel
    }

    /// A codec whose ranges and tables come from calibration tensors, in any order.
    ///
    /// - Parameters:
    ///   - samples: At least one; `channels` contiguous channels of equal size each, one size.
    ///   - bits: Width of a symbol, one of `UniformQuantizer.bitWidths`.
    ///   - channels: How many channels a tensor has.
    ///   - ranges: Whether each channel gets a range of its own.
    ///   - tables: Whether each channel gets a table of its own.
    ///   - precision: Of the tables, at least `bits`; by default `bits` + 6 within 10...14, so that
    ///     the symbols that were never seen take at most 2^-6 of the probability.
    /// - Returns: The codec, the same on every platform for the same samples.
    package static func calibrated(
        samples: [[Float]],
        bits: Int,
        channels: Int = 1,
        ranges: Sharing = .perChannel,
        tables: Sharing = .perChannel,
        precision: Int? = nil
    ) -> TensorCodec {
        precondition(!samples.isEmpty, "there is a calibration sample")
        precondition(channels <= TensorQuantization.channelLimit, "too many channels")
        precondition(
            tables == .perTensor || channels <= TensorQuantization.tableLimit,
            "too many tables"
        )
        let quantizer = UniformQuantizer.calibrated(
            samples: samples,
            channels: ranges == .perChannel ? channels : 1,
            bits: bits
        )
        let tableCount = tables == .perChannel ? channels : 1
        let counts = counts(samples: samples, quantizer: quantizer, parts: tableCount)
        let precision = precision ?? min(max(bits + 6, 10), 14)
        do {
            let quantization = try TensorQuantization(
                quantizer: quantizer,
                tables: counts.map { FrequencyTable(counts: $0, precision: precision) },
                tableOfChannel: (0..<channels).map { tables == .perChannel ? $0 : 0 }
            )
            return quantized(elementCount: samples[0].count, quantization)
        } catch {
            preconditionFailure("tables from counts cover the alphabet, yet: \(error)")
        }
    }

    /// A codec of a network's tensor with one range, and tables that stay in the first cache levels.
    ///
    /// A decoder's table has 2^precision entries. With a table of 2^14 for each of 8 channels, most
    /// of a 392-symbol payload's look-ups missed the cache, which took 34 µs instead of 5 µs. More than 16 channels share
    /// one table.
    ///
    /// - Parameters:
    ///   - tensors: At least one; `channels` contiguous channels of equal size each, one size.
    ///   - bits: Width of a symbol, one of `UniformQuantizer.bitWidths`.
    ///   - channels: How many channels a tensor has.
    /// - Returns: The codec, the same on every platform for the same tensors.
    package static func compact(tensors: [[Float]], bits: Int, channels: Int) -> TensorCodec {
        calibrated(
            samples: tensors,
            bits: bits,
            channels: channels,
            ranges: .perTensor,
            tables: channels <= 16 ? .perChannel : .perTensor,
            precision: min(bits + 6, 12)
        )
    }

    /// How often each symbol occurs in each of `parts` equal parts of the samples.
    private static func counts(
        samples: [[Float]],
        quantizer: UniformQuantizer,
        parts: Int
    ) -> [[UInt64]] {
        let alphabetSize = Int(quantizer.maximumSymbol) + 1
        var counts = [UInt64](repeating: 0, count: parts * alphabetSize)
        for sample in samples {
            let symbols = quantizer.quantize(sample)
            let size = symbols.count / parts
            for part in 0..<parts {
                for symbol in symbols[part * size..<(part + 1) * size] {
                    counts[part * alphabetSize + Int(symbol)] += 1
                }
            }
        }
        return (0..<parts).map { Array(counts[$0 * alphabetSize..<($0 + 1) * alphabetSize]) }
    }
}
