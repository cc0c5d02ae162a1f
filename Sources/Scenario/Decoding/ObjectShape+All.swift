extension ObjectShape {
    static let scenario = ObjectShape(
        name: "scenario",
        required: [
            "duration": "\"60s\"", "model": "{ \"onnx\": \"…\", \"input\": {…} }", "devices": "[…]",
        ],
        optional: [
            "$schema", "name", "seed", "clock", "drain", "dataset", "calibration",
            "operatingPoints", "profile", "hardware", "links", "edges", "balancer", "precision",
            "expect",
        ]
    )

    static let model = ObjectShape(name: "model", optional: ["onnx", "unit", "input", "synthetic"])
    static let input = ObjectShape(
        name: "input",
        required: [
            "size": "[28, 28]", "color": "\"gray\"", "mean": "127", "scale": "128",
        ],
        optional: ["resize"]
    )
    static let synthetic = ObjectShape(
        name: "synthetic",
        required: [
            "payload": "\"20kB\"", "result": "\"100B\"", "device": "{ \"constant\": \"5ms\" }",
            "edge": "{ \"exponential\": { \"mean\": \"10ms\" } }",
        ]
    )
    static let distribution = ObjectShape(
        name: "distribution",
        optional: ["constant", "exponential", "uniform"],
        isChoice: true
    )
    static let exponential = ObjectShape(name: "exponential", required: ["mean": "\"10ms\""])
    static let uniform = ObjectShape(
        name: "uniform",
        required: ["low": "\"5ms\"", "high": "\"10ms\""]
    )
    static let dataset = ObjectShape(
        name: "dataset",
        optional: ["idx", "folder", "first", "limit"]
    )
    static let idx = ObjectShape(
        name: "idx",
        required: ["images": "\"PATH\"", "labels": "\"PATH\""]
    )
    static let folder = ObjectShape(
        name: "folder",
        required: ["images": "\"PATH\""],
        optional: ["labels"]
    )
    static let operatingPoint = ObjectShape(
        name: "operatingPoint",
        optional: [
            "local", "raw", "png", "jpeg", "webp", "split", "bits", "unit", "level", "levels",
            "bytes",
        ]
    )
    /// `{}`, where a choice needs no figures.
    static let nothing = ObjectShape(name: "nothing")

    static let hardware = ObjectShape(
        name: "hardware",
        required: [
            "factors": "{ \"inference\": 10, \"coding\": 5 }",
            "power": "{ \"idle\": 1, \"compute\": 4, \"transmit\": 1 }",
        ],
        optional: ["source", "needsOwnProfile"]
    )
    static let factors = ObjectShape(
        name: "factors",
        required: ["inference": "10", "coding": "5"]
    )
    static let power = ObjectShape(
        name: "power",
        required: ["idle": "1", "compute": "4", "transmit": "1"]
    )

    static let link = ObjectShape(
        name: "link",
        required: [
            "uplink": "{ \"rate\": \"5Mbit/s\" }", "downlink": "{ \"rate\": \"20Mbit/s\" }",
        ],
        optional: ["shared", "transport"]
    )
    static let transport = ObjectShape(name: "transport", required: ["tcp": "{}"])
    static let tcp = ObjectShape(
        name: "tcp",
        optional: ["connection", "initialWindow", "slowStartAfterIdle", "buffer"]
    )
    static let direction = ObjectShape(
        name: "direction",
        optional: [
            "trace", "rate", "delay", "jitter", "loss", "retransmit", "queue", "overhead",
            "offset",
        ]
    )
    static let bandwidthTrace = ObjectShape(
        name: "bandwidthTrace",
        required: ["file": "\"PATH\""],
        optional: [
            "format", "time", "value", "unit", "timeUnit", "interval", "opportunityBytes",
        ]
    )
    static let delayTrace = ObjectShape(
        name: "delayTrace",
        required: ["file": "\"PATH\""],
        optional: ["time", "value", "unit", "timeUnit", "interval"]
    )
    static let loss = ObjectShape(name: "loss", required: ["gilbertElliott": "{…}"])
    static let gilbertElliott = ObjectShape(
        name: "gilbertElliott",
        required: [
            "goodToBad": "0.01", "badToGood": "0.3", "lossInGood": "0", "lossInBad": "0.5",
        ]
    )
    static let retransmit = ObjectShape(name: "retransmit", optional: ["timeout", "attempts"])
    static let queue = ObjectShape(name: "queue", optional: ["bytes", "packets"])
    static let overhead = ObjectShape(name: "overhead", optional: ["message", "packet"])

    static let device = ObjectShape(
        name: "device",
        required: [
            "name": "\"phones\"", "arrivals": "{ \"poisson\": { \"rate\": \"2/s\" } }",
        ],
        optional: [
            "count", "hardware", "link", "deadline", "timeout", "queue", "policy",
        ]
    )
    static let arrivals = ObjectShape(
        name: "arrivals",
        optional: ["poisson", "periodic", "closed", "timestamps", "counts"],
        isChoice: true
    )
    static let poisson = ObjectShape(name: "poisson", required: ["rate": "\"2/s\""])
    static let periodic = ObjectShape(
        name: "periodic",
        optional: ["period", "rate", "jitter", "phase"]
    )
    static let closed = ObjectShape(name: "closed", optional: ["concurrency", "think"])
    static let timestamps = ObjectShape(
        name: "timestamps",
        required: ["file": "\"PATH\""],
        optional: ["time", "timeUnit"]
    )
    static let counts = ObjectShape(
        name: "counts",
        required: ["file": "\"PATH\"", "interval": "\"1s\""]
    )
    static let policy = ObjectShape(
        name: "policy",
        optional: ["fixed", "deadline", "fastest", "oracle"],
        isChoice: true
    )

    static let edge = ObjectShape(
        name: "edge",
        required: ["name": "\"edge\""],
        optional: ["count", "hardware", "profile", "slots", "batch", "queue"]
    )
    static let precision = ObjectShape(
        name: "precision",
        required: ["metric": "\"latency.p99\"", "relative": "0.02"],
        optional: ["confidence"]
    )
    static let batch = ObjectShape(name: "batch", optional: ["max", "wait"])

    /// All that the decoder knows.
    static let all: [ObjectShape] = [
        scenario, model, input, synthetic, distribution, exponential, uniform, dataset, idx,
        folder, operatingPoint, nothing, hardware, factors, power, link, transport, tcp, direction,
        bandwidthTrace, delayTrace, loss, gilbertElliott, retransmit, queue, overhead, device,
        arrivals, poisson,
        periodic, closed, timestamps, counts, policy, edge, batch, precision,
    ]
}
