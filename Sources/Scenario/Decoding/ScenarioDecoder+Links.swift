import Links
import SimulationCore

extension ScenarioDecoder {
    /// Fills the table of links.
    mutating func decodeLinks(_ field: Field) {
        let named = field.named("links") ?? []
        if named.count > Self.mostLinks {
            field.fail("\(named.count) links are too many", "write at most \(Self.mostLinks)")
        }
        for (name, field) in named {
            linkNames.append(name)
            guard let reader = field.object(.link) else {
                links.append(nil)
                continue
            }
            let isShared = reader("shared", default: .boolean(false)).boolean()
            let transport = transport(
                reader("transport", default: .string("datagram")),
                isShared: isShared ?? false
            )
            let uplink = reader["uplink"].flatMap { direction($0, transport) }
            let downlink = reader["downlink"].flatMap { direction($0, transport) }
            guard let isShared, let transport, let uplink, let downlink else {
                links.append(nil)
                continue
            }
            links.append(
                LinkPath(
                    name: name,
                    isShared: isShared,
                    transport: transport,
                    uplink: uplink,
                    downlink: downlink
                )
            )
        }
    }

    private mutating func direction(
        _ field: Field,
        _ transport: Transport?
    ) -> LinkSpecification? {
        guard let reader = field.object(.direction) else { return nil }
        let capacity = capacity(reader)
        let delay = delay(reader("delay", default: .string("0s")), capacity)
        let jitter = reader("jitter", default: .string("0s")).duration()
        let loss = loss(reader("loss", default: .number("0")))
        let retransmission = retransmission(reader, transport)
        let queue = reader["queue"].map(queueBound) ?? LinkSpecification.QueueBound()
        let overhead = overhead(reader("overhead", default: .object([])))
        let offset = offset(reader("offset", default: .string("0s")))
        guard let capacity, let delay, let jitter, let loss, let retransmission, let queue,
            let overhead, let offset
        else { return nil }
        return LinkSpecification(
            capacity: capacity,
            delay: delay,
            jitter: jitter,
            loss: loss,
            retransmission: retransmission,
            queue: queue,
            overhead: overhead,
            offset: offset
        )
    }

    private mutating func capacity(_ reader: ObjectReader) -> LinkSpecification.Capacity? {
        guard let (key, field) = reader.only(of: ["trace", "rate"]) else { return nil }
        if key == "rate" {
            return field.bitRate().map(LinkSpecification.Capacity.constant(bitsPerSecond:))
        }
        return bandwidthTrace(field).map(LinkSpecification.Capacity.trace)
    }

    /// A duration, a trace file, or `"trace"` for the delays which the bandwidth trace states.
    private func delay(
        _ field: Field,
        _ capacity: LinkSpecification.Capacity?
    ) -> LinkSpecification.Delay? {
        switch field.node.value {
        case .object: return delayTrace(field).map(LinkSpecification.Delay.trace)
        case .string("trace"):
            guard let capacity else { return nil }
            if case .trace(let trace) = capacity, let latency = trace.latency {
                return .trace(latency)
            }
            field.fail("the link's trace states no delays", "write \(Dimension.duration.remedy)")
            return nil
        default: return field.duration().map(LinkSpecification.Delay.constant)
        }
    }

    private func loss(_ field: Field) -> LinkSpecification.LossModel? {
        guard case .object = field.node.value else {
            let remedy = "a probability from 0 to 1, or { \"gilbertElliott\": {…} }"
            return field.number(0...1, remedy).map {
                $0 == 0 ? .none : .bernoulli(probability: $0)
            }
        }
        guard let reader = field.object(.loss)?["gilbertElliott"]?.object(.gilbertElliott)
        else { return nil }
        let values = ["goodToBad", "badToGood", "lossInGood", "lossInBad"].map { key in
            reader[key]?.number(0...1, "a probability from 0 to 1")
        }
        guard let goodToBad = values[0], let badToGood = values[1], let lossInGood = values[2],
            let lossInBad = values[3]
        else { return nil }
        return .gilbertElliott(
            goodToBad: goodToBad,
            badToGood: badToGood,
            lossInGood: lossInGood,
            lossInBad: lossInBad
        )
    }

    private func retransmission(
        _ direction: ObjectReader,
        _ transport: Transport?
    ) -> LinkSpecification.Retransmission? {
        if case .tcp = transport {
            direction["retransmit"]?.fail(
                "TCP decides itself what it sends again",
                "remove it, or write \"transport\": \"datagram\""
            )
            return LinkSpecification.Retransmission()
        }
        guard let reader = direction("retransmit", default: .object([])).object(.retransmit)
        else { return nil }
        let timeout = reader("timeout", default: .string("200ms")).duration()
        let attempts = reader("attempts", default: .number("3")).integer(0...1_000)
        guard let timeout, let attempts else { return nil }
        return LinkSpecification.Retransmission(timeout: timeout, attempts: attempts)
    }

    private func queueBound(_ field: Field) -> LinkSpecification.QueueBound? {
        guard case .object = field.node.value else {
            return field.size(positive: true).map { LinkSpecification.QueueBound(bytes: $0) }
        }
        guard let reader = field.object(.queue) else { return nil }
        let bytes = reader["bytes"].map { $0.size(positive: true) }
        let packets = reader["packets"].map { $0.integer(1...1_000_000_000) }
        // Written but faulty is `.some(nil)`; not written is unbounded.
        if case .some(.none) = bytes { return nil }
        if case .some(.none) = packets { return nil }
        return LinkSpecification.QueueBound(bytes: bytes ?? nil, packets: packets ?? nil)
    }

    private func overhead(_ field: Field) -> LinkSpecification.Overhead? {
        guard let reader = field.object(.overhead) else { return nil }
        let message = reader("message", default: .string("0B")).messageSize()
        let packet = reader("packet", default: .string("0B")).packetOverhead()
        guard let message, let packet else { return nil }
        return LinkSpecification.Overhead(perMessage: message, perPacket: packet)
    }

    private func offset(_ field: Field) -> LinkSpecification.TraceOffset? {
        if case .string("random") = field.node.value { return .random }
        return field.duration().map(LinkSpecification.TraceOffset.fixed)
    }
}
