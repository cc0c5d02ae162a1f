import Glibc
import Messaging
import Testing

@Suite struct SocketTests {
    @Test func framesCrossLoopbackWhole() throws {
        let context = try MessagingContext()
        let router = try Socket(context, .router)
        let endpoint = try router.bind("tcp://127.0.0.1:*")
        #expect(!endpoint.hasSuffix("*"))
        let dealer = try Socket(context, .dealer)
        try dealer.connect(endpoint)
        let payload = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(try dealer.send([[1, 2], payload, []]) == .sent)
        let received = try receive(router)
        #expect(Array(received.dropFirst()) == [[1, 2], payload, []])
        #expect(try router.send([received[0], [9]]) == .sent)
        #expect(try receive(dealer) == [[9]])
        #expect(try dealer.receive() == nil)
    }

    @Test func aFullQueueIsReportedAndDrains() throws {
        let context = try MessagingContext()
        let sender = try Socket(context, .dealer, queueBound: 1)
        #expect(try sender.send([[1]]) == .wouldBlock)
        let receiver = try Socket(context, .dealer, queueBound: 1)
        try sender.connect(try receiver.bind("inproc://full"))
        var sent = 0
        while try sender.send([[UInt8(sent)]]) == .sent { sent += 1 }
        #expect((1...4).contains(sent))
        for value in 0..<sent { #expect(try receive(receiver) == [[UInt8(value)]]) }
        try wait(for: sender, .writable)
        #expect(try sender.send([[7]]) == .sent)
    }

    @Test func aRouterSaysThatItsPeerIsGone() throws {
        let router = try Socket(MessagingContext(), .router)
        #expect(try router.send([[1, 2, 3], [4]]) == .unreachable)
    }

    @Test func messagesWithTooManyFramesAreDiscarded() throws {
        let context = try MessagingContext()
        // A router adds a frame, which takes a message of eight over the bound.
        let router = try Socket(context, .router)
        let dealer = try Socket(context, .dealer)
        try dealer.connect(try router.bind("inproc://frames"))
        #expect(try dealer.send(.init(repeating: [0], count: 8)) == .sent)
        #expect(try dealer.send([[5]]) == .sent)
        #expect(throws: MessagingError.tooManyFrames(count: 9, bound: 8)) {
            _ = try receive(router)
        }
        #expect(try receive(router).last == [5])
    }

    @Test func failuresNameTheEndpoint() throws {
        let socket = try Socket(MessagingContext(), .dealer)
        let error = #expect(throws: MessagingError.self) { try socket.connect("tcp://nowhere") }
        #expect("\(try #require(error))".contains("tcp://nowhere"))
        #expect(throws: MessagingError.self) { _ = try socket.bind("carrier://pigeon") }
    }

    @Test func repliesAreDeliveredAfterTheSocketIsClosed() throws {
        let context = try MessagingContext()
        let receiver = try Socket(context, .dealer)
        let endpoint = try receiver.bind("tcp://127.0.0.1:*")
        let large = [UInt8](repeating: 3, count: 8 << 20)
        do {
            let sender = try Socket(MessagingContext(), .dealer)
            try sender.connect(endpoint)
            // It sends once it is connected.
            try wait(for: sender, .writable)
            #expect(try sender.send([large]) == .sent)
        }
        #expect(try receive(receiver) == [large])
    }

    private func receive(_ socket: Socket) throws -> [[UInt8]] {
        try wait(for: socket, .readable)
        return try #require(try socket.receive())
    }

    /// Waits on the descriptor as an event loop would, for at most 20 s.
    private func wait(for socket: Socket, _ event: SocketEvents) throws {
        for _ in 0..<200 {
            if try socket.pendingEvents.contains(event) { return }
            var descriptor = pollfd(fd: socket.fileDescriptor, events: Int16(POLLIN), revents: 0)
            poll(&descriptor, 1, 100)
        }
        Issue.record("nothing happened on a \(socket.kind) socket")
    }
}
