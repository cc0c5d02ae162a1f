/// Which gradient of a graph is wanted: that of Σ seed · target with respect to some variables.
///
///     // A tail's vector–Jacobian product, for the Fisher matrix at the cut.
///     DifferentiationRequest(of: "logits", withRespectTo: ["stage1"], seed: .input("v"))
///
///     // A training step: the loss, two forward tensors and a gradient for each parameter.
///     DifferentiationRequest(
///         of: "loss",
///         withRespectTo: ["encoder.weight", "encoder.bias"],
///         alsoComputing: ["loss", "rate", "distortion"]
///     )
package struct DifferentiationRequest: Sendable {
    /// What multiplies the target's values before they are summed.
    package enum Seed: Sendable {
        /// 1: the gradient of a scalar, or of the sum of its values.
        case ones
        /// An input of this name, in the target's shape: a vector–Jacobian product. Where the graph has
        /// such a tensor, primes are added.
        case input(String)
    }

    /// The tensor that is differentiated.
    package var target: String
    /// Inputs, initializers or tensors in between, each named once.
    ///
    /// Initializers among them become inputs, so that their values are given with every run. What no
    /// variable reaches stays constant, and no gradient is computed for it.
    package var variables: [String]
    package var seed: Seed
    /// Forward tensors to give out as well.
    package var forwardTensors: [String]
    /// The shapes of inputs whose dimensions the file leaves open, by name.
    package var shapes: [String: [Int]]
    /// The first dimension of all other inputs where the file leaves it open.
    package var batch: Int

    /// A request; see the properties.
    package init(
        of target: String,
        withRespectTo variables: [String],
        seed: Seed = .ones,
        alsoComputing forwardTensors: [String] = [],
        shapes: [String: [Int]] = [:],
        batch: Int = 1
    ) {
        self.target = target
        self.variables = variables
        self.seed = seed
        self.forwardTensors = forwardTensors
        self.shapes = shapes
        self.batch = batch
    }
}
