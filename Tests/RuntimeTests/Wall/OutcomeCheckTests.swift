import Cluster
import SimulationCore
import Testing

@testable import Runtime

@Suite struct OutcomeCheckTests {
    /// One point and one sample: 100 bytes, class 3 by a margin.
    private func check(margin: Float, payload: UInt32, prediction: Int32) -> OutcomeCheck {
        let outcome = OutcomeTable.Outcome(payloadBytes: 100, prediction: 3, margin: margin)
        var check = OutcomeCheck(OutcomeTable(outcomes: [[outcome]], labels: [3], classes: 10))
        var record = RequestRecord(device: 0, sequence: 0, issued: .start)
        record.state = .completed
        record.operatingPoint = 0
        record.encodeEnd = .start
        record.payloadBytes = payload
        record.prediction = prediction
        check.check(record)
        return check
    }

    @Test func equalOutcomesAgree() {
        #expect(check(margin: 1, payload: 100, prediction: 3).disagreements.isEmpty)
    }

    @Test func onlyANearTieAloneExplainsADisagreement() {
        #expect(check(margin: 1e-5, payload: 100, prediction: 4).invalidReason == nil)
        #expect(check(margin: 1e-5, payload: 100, prediction: 4).disagreements.count == 1)
        #expect(check(margin: 1, payload: 100, prediction: 4).invalidReason != nil)
        #expect(check(margin: 1, payload: 99, prediction: 3).invalidReason != nil)
        // A payload that changed may well have made the flip.
        #expect(check(margin: 1e-5, payload: 99, prediction: 4).invalidReason != nil)
    }
}
