import Foundation

// queue-benchmark FILE PENDING OPERATIONS
//
// FILE holds increments in ns, 64-bit little-endian. Prints the checksum of the popped times and, to standard error,
// the seconds that the operations took, a tenth as many for warming up not counted.

func fail(_ reason: String) -> Never {
    FileHandle.standardError.write(Data("queue-benchmark: \(reason)\n".utf8))
    exit(2)
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let pending = Int(arguments[2]), let operations = Int(arguments[3]),
    pending > 0, operations > 0
else { fail("usage: queue-benchmark FILE PENDING OPERATIONS") }
guard let data = FileManager.default.contents(atPath: arguments[1]), !data.isEmpty,
    data.count % 8 == 0
else { fail("\(arguments[1]) holds no increments") }
let increments = data.withUnsafeBytes { bytes in
    (0..<data.count / 8).map {
        Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
    }
}
var model = HoldModel(pending: pending, increments: increments)
model.hold(operations / 10)
let start = ContinuousClock.now
model.hold(operations)
let seconds = (ContinuousClock.now - start) / Duration.seconds(1)
print(model.checksum)
FileHandle.standardError.write(Data("\(seconds)\n".utf8))
