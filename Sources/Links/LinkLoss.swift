import SimulationCore

/// Which packets a link loses; remembers the state of its Gilbert–Elliott chain.
struct LinkLoss: Sendable {
    private var isBad = false

    /// The chain begins in its stationary distribution, drawn for the link.
    init(model: LinkModel, identity: UInt32) {
        guard
            case .gilbertElliott(let goodToBad, let badToGood, _, _) =
                model.storage.specification.loss, goodToBad > 0
        else { return }
        var draw = RandomDraw(
            seed: model.storage.seed,
            purpose: model.storage.direction.lossState,
            entity: identity
        )
        isBad = draw.chance(goodToBad / (goodToBad + badToGood))
    }

    /// Whether one packet is lost; the chain advances by it.
    mutating func losesPacket(_ draw: inout RandomDraw, model: LinkModel) -> Bool {
        switch model.storage.specification.loss {
        case .none: return false
        case .bernoulli(let probability): return draw.chance(probability)
        case .gilbertElliott(let goodToBad, let badToGood, let lossInGood, let lossInBad):
            let isLost = draw.chance(isBad ? lossInBad : lossInGood)
            if draw.chance(isBad ? badToGood : goodToBad) { isBad.toggle() }
            return isLost
        }
    }

    /// Whether one of a message's packets is lost; the chain advances by all of them.
    @inline(__always)
    mutating func losesAny(of packets: Int, of message: LinkMessage, model: LinkModel) -> Bool {
        if case .none = model.storage.specification.loss { return false }
        var draw = RandomDraw(
            seed: model.storage.seed,
            purpose: model.storage.direction.loss,
            entity: message.device,
            request: message.request,
            attempt: message.attempt
        )
        var isLost = false
        for _ in 0..<packets where losesPacket(&draw, model: model) { isLost = true }
        return isLost
    }
}
