import FoundationEssentials
import TestSupport
import Testing

@testable import Messaging

@Suite struct WireTests {
    private var request: DataMessage {
        var request = WireInferenceRequest()
        request.device = 7
        request.request = 41
        request.operatingPoint = 3
        request.sample = 999
        request.encodeEndNs = 123_456_789_012
        request.arrivedNs = -1
        request.handle = 2
        request.link = 1
        return .inferenceRequest(request)
    }

    @Test func dataMessagesSurviveARoundTrip() throws {
        var reply = WireInferenceReply()
        reply.status = .failed
        reply.text = "payload is truncated"
        reply.margin = 0.25
        reply.serviceEndNs = .max
        var information = WireGatewayInformation()
        information.scenario = "boots"
        for message in [
            request, .inferenceReply(reply), .gatewayInformation(information),
            .deviceHello(WireDeviceHello()), .replicaHello(WireReplicaHello()),
        ] {
            #expect(try Wire.decodeData(Wire.encode(message)) == message)
        }
    }

    @Test func controlMessagesSurviveARoundTrip() throws {
        var configuration = WireConfiguration()
        configuration.endpoints = ["gateway": "tcp://127.0.0.1:1", "replica/0": "ipc:///x"]
        configuration.overrides = ["seed=1", "links.lte.uplink.delay=\"5ms\""]
        configuration.dilation = 2.5
        configuration.workers = 70_000
        var report = WireReport()
        report.content = .init([0, 255, 1])
        report.part = 9
        report.last = true
        for message: ControlMessage in [
            .configuration(configuration), .report(report), .stop(WireStop()),
        ] {
            #expect(try Wire.decodeControl(Wire.encode(message)) == message)
        }
    }

    @Test func anotherVersionIsNamed() throws {
        // Field 1 (protocol_version) = 2, then an empty Stop, field 12 of length 0.
        let error = #expect(throws: MessagingError.self) {
            try Wire.decodeControl([0x08, 2, 0x62, 0])
        }
        #expect(error == .versionMismatch(received: 2, expected: 1))
        #expect("\(try #require(error))".contains("version 2"))
        #expect(throws: MessagingError.self) { try Wire.decodeControl([0x62, 0]) }
        #expect(throws: MessagingError.self) { try Wire.decodeControl([0x08, 1]) }
        #expect(try Wire.decodeControl([0x08, 1, 0x62, 0]) == .stop(WireStop()))
    }

    @Test func damagedMessagesAreRejectedOrRead() throws {
        let whole = try Wire.encode(request)
        var generator = SeededGenerator(seed: 1)
        for length in 0..<whole.count { #expect(!isRead(Array(whole.prefix(length)))) }
        var count = 0
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0...generator.next() % 4 {
                bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(generator.next() & 255)
            }
            if isRead(bytes) { count += 1 }
        }
        #expect((1000...19_000).contains(count), "\(count) were read")
        for _ in 0..<20_000 {
            #expect(!isRead((0..<generator.next() % 64).map { _ in UInt8(generator.next() & 255) }))
        }
    }

    @Test func floatsAreLittleEndian() throws {
        #expect(Wire.bytes(of: [1]) == [0, 0, 0x80, 0x3f])
        let values: [Float] = [0, -1.5, .infinity, .leastNonzeroMagnitude]
        #expect(try Wire.floats(in: Wire.bytes(of: values)) == values)
        #expect(throws: MessagingError.self) { try Wire.floats(in: [1, 2, 3]) }
    }

    /// Whether a hostile frame decodes as either kind of message; else it throws this module's error.
    private func isRead(_ bytes: [UInt8]) -> Bool {
        var count = 0
        do throws(MessagingError) {
            _ = try Wire.decodeData(bytes)
            count += 1
        } catch {
            #expect(!error.description.isEmpty)
        }
        do throws(MessagingError) {
            _ = try Wire.decodeControl(bytes)
            count += 1
        } catch {
            #expect(!error.description.isEmpty)
        }
        return count > 0
    }
}
