package import SimulationCore

/// What the ledger keeps of one request: who, what, when, and how it ended.
///
/// Times that the request never reached are `SimulationTime.absent`.
package struct RequestRecord: BitwiseCopyable, Sendable, Equatable {
    /// Number of the device, through all groups in order.
    package var device: UInt32
    /// Number of the request on its device, from 0; (device, sequence) is the request's identity.
    package var sequence: UInt32
    package var sample: UInt32 = 0
    /// Index into `Scenario.operatingPoints`; nil when the request ended before it was chosen.
    package var operatingPoint: UInt16?
    /// Number of the edge replica, through all groups in order; nil when none was reached.
    package var replica: UInt16?
    package var state: RequestState = .unfinished

    /// The intended time, from which latency counts.
    package var issued: SimulationTime
    package var headStart = SimulationTime.absent
    package var headEnd = SimulationTime.absent
    package var encodeEnd = SimulationTime.absent
    package var uplinkStart = SimulationTime.absent
    package var uplinkEnd = SimulationTime.absent
    package var arrived = SimulationTime.absent
    package var serviceStart = SimulationTime.absent
    package var serviceEnd = SimulationTime.absent
    /// Set for completed requests alone.
    package var completed = SimulationTime.absent

    package var payloadBytes: UInt32 = 0
    package var batchSize: UInt16 = 0
    package var prediction: Int32?
    /// Whether the prediction is the label; nil without a label or a prediction.
    package var isCorrect: Bool?
    /// What computing and sending added to the device's idle power until the request ended, in nanojoules.
    package var energyNanojoules: Int64 = 0

    package init(device: UInt32, sequence: UInt32, issued: SimulationTime) {
        self.device = device
        self.sequence = sequence
        self.issued = issued
    }

    /// From the intended issue to completion; nil unless completed.
    package var latency: SimulationDuration? {
        state == .completed ? completed - issued : nil
    }

    /// When every stage ended, by `Stage.rawValue`.
    package var stageEnds: InlineArray<9, SimulationTime> {
        get {
            [
                headStart, headEnd, encodeEnd, uplinkStart, uplinkEnd, arrived, serviceStart,
                serviceEnd, completed,
            ]
        }
        set {
            headStart = newValue[0]
            headEnd = newValue[1]
            encodeEnd = newValue[2]
            uplinkStart = newValue[3]
            uplinkEnd = newValue[4]
            arrived = newValue[5]
            serviceStart = newValue[6]
            serviceEnd = newValue[7]
            completed = newValue[8]
        }
    }

    /// Every stage's length, by `Stage.rawValue`; a stage that the request skipped is zero, so that
    /// for completed requests the sum is the latency.
    package var stageLengths: InlineArray<9, SimulationDuration> {
        // Spelt out: a loop over `stageEnds` takes five times as many instructions.
        var previous = issued
        func length(until end: SimulationTime) -> SimulationDuration {
            guard end != .absent else { return .zero }
            defer { previous = end }
            return end - previous
        }
        return [
            length(until: headStart), length(until: headEnd), length(until: encodeEnd),
            length(until: uplinkStart), length(until: uplinkEnd), length(until: arrived),
            length(until: serviceStart), length(until: serviceEnd), length(until: completed),
        ]
    }
}
