import Graph

extension TrainingGraph {
    // MARK: Entropy model

    /// Logistic densities of scale s, taken over a step:
    /// −ln(σ((y + Δ/2) / s) − σ((y − Δ/2) / s)) = softplus(−(y + Δ/2) / s) + softplus((y − Δ/2) / s)
    /// − ln(1 − exp(−Δ / s)), of which the last term is the same at all positions of a group.
    mutating func addRate(_ quantised: Quantised) {
        let groups = layout.groupCount
        let logScales = builder.input(Name.logScales, [layout.channels, groups])
        let negative = builder.node("Neg", [logScales], "rate/negative")
        let inverse = builder.node("Exp", [negative], "rate/inverse")
        let members = builder.constant(
            "rate/members",
            (0..<groups).flatMap { group in layout.groups.map { Int($0) == group ? 1 : 0 } },
            [groups, layout.positions]
        )
        let spread = builder.node("MatMul", [inverse, members], "rate/spread")
        let half = builder.constant("rate/half", [0.5], [])
        let margin = builder.node("Mul", [quantised.step, half], "rate/margin")
        let above = builder.node("Add", [quantised.noisy, margin], "rate/above")
        let below = builder.node("Sub", [quantised.noisy, margin], "rate/below")
        let upper = builder.node("Mul", [above, spread], "rate/upper")
        let lower = builder.node("Mul", [below, spread], "rate/lower")
        let flipped = builder.node("Neg", [upper], "rate/flipped")
        let right = builder.node("Softplus", [flipped], "rate/right")
        let left = builder.node("Softplus", [lower], "rate/left")
        let both = builder.node("Add", [left, right], "rate/both")
        let positions = sum(both, "rate/positions", over: [1, 2])
        let common = commonRate(quantised.step, inverse)
        let nats = builder.node("Sub", [positions, common], "rate/nats")
        let unit = builder.constant("rate/unit", [1.442_695_04], [])
        builder.node("Mul", [nats, unit], Output.bits.name)
    }

    /// Σ ln(1 − exp(−w)), w = Δ / s, over all positions; written as ln tanh(w / 2) + softplus(−w),
    /// which stays exact for small w.
    private mutating func commonRate(_ step: String, _ inverse: String) -> String {
        let width = builder.node("Mul", [step, inverse], "rate/width")
        let half = builder.node("Mul", [width, "rate/half"], "rate/half-width")
        let tangent = builder.node("Tanh", [half], "rate/tangent")
        let logarithm = builder.node("Log", [tangent], "rate/logarithm")
        let negative = builder.node("Neg", [width], "rate/negative-width")
        let remainder = builder.node("Softplus", [negative], "rate/remainder")
        let each = builder.node("Add", [logarithm, remainder], "rate/each")
        let sizes = builder.constant(
            "rate/sizes",
            (0..<layout.groupCount).map { group in
                Float(layout.groups.count { Int($0) == group })
            },
            [1, 1, layout.groupCount]
        )
        let weighted = builder.node("Mul", [each, sizes], "rate/weighted")
        return sum(weighted, "rate/common", over: [1, 2])
    }

    // MARK: Loss

    mutating func addDistortion(logits: String, feature: String) {
        let uncut = builder.node("LogSoftmax", [Input.logits.name], "loss/uncut")
        let cut = builder.node("LogSoftmax", [logits], "loss/cut")
        let probability = builder.node("Exp", [uncut], "loss/probability")
        let ratio = builder.node("Sub", [uncut, cut], "loss/ratio")
        let terms = builder.node("Mul", [probability, ratio], "loss/terms")
        _ = sum(terms, Output.divergence.name, over: [1])
        let axes = Array(1...layout.featureShape.count)
        let error = builder.node("Sub", [feature, Input.features.name], "loss/feature-error")
        let square = builder.node("Mul", [error, error], "loss/feature-square")
        let energy = builder.node(
            "Mul",
            [Input.features.name, Input.features.name],
            "loss/feature-energy"
        )
        let errors = sum(square, "loss/feature-errors", over: axes)
        let whole = sum(energy, "loss/feature-whole", over: axes)
        let least = builder.constant("loss/least", [1e-6], [])
        let positive = builder.node("Add", [whole, least], "loss/feature-positive")
        builder.node("Div", [errors, positive], Output.featureError.name)
    }

    mutating func addLoss() {
        let share = builder.constant("loss/share", [Self.featureWeight], [])
        let late = builder.node("Mul", [Output.featureError.name, share], "loss/late")
        let distortion = builder.node("Add", [Output.divergence.name, late], "loss/distortion")
        let rate = builder.node("Mul", [Output.bits.name, Input.rateWeight.name], "loss/rate")
        let loss = builder.node("Add", [distortion, rate], "loss/example")
        builder.node("Mul", [loss, Input.weight.name], Name.loss)
    }

    private mutating func sum(_ tensor: String, _ output: String, over axes: [Int]) -> String {
        let axes = builder.constant("\(output).axes", integers: axes)
        return builder.node("ReduceSum", [tensor, axes], output, .integer("keepdims", 0))
    }
}
