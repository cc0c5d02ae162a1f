import Coding
import Foundation

// coding-benchmark export FOLDER    writes each case for the peers
// coding-benchmark measure SECONDS  measures each case once, a line of JSON a case
// coding-benchmark latents SECONDS  the same for whole latents

let cases = [
    Case.laplacian("laplacian-400B", channels: 16, channelSize: 80),
    Case.laplacian("laplacian-2KB", channels: 32, channelSize: 200),
    Case.laplacian("laplacian-20KB", channels: 64, channelSize: 1000),
    Case.laplacian("laplacian-1MB", channels: 64, channelSize: 52_000),
    Case.wide("wide-400B", channels: 4, channelSize: 105),
    Case.wide("wide-2KB", channels: 8, channelSize: 265),
    Case.wide("wide-20KB", channels: 64, channelSize: 330),
    Case.wide("wide-1MB", channels: 64, channelSize: 17_000),
]

func printLine(_ name: String, symbols: Int, _ measurement: Measurement) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let figures = String(decoding: try encoder.encode(measurement), as: UTF8.self)
    print("{\"case\":\"\(name)\",\"symbols\":\(symbols),\"figures\":\(figures)}")
}

switch CommandLine.arguments.dropFirst().first {
case "export" where CommandLine.arguments.count == 3:
    let folder = URL(filePath: CommandLine.arguments[2])
    for subject in cases {
        try subject.exported.write(to: folder.appending(path: subject.name + ".case"))
    }
case "measure" where CommandLine.arguments.count == 3:
    for subject in cases {
        let seconds = Double(CommandLine.arguments[2]) ?? 0.1
        let measurement = try Measurement(of: subject, seconds: seconds)
        try printLine(subject.name, symbols: subject.symbols.count, measurement)
    }
case "latents" where CommandLine.arguments.count == 3:
    for (channels, side) in [(320, 7), (112, 14), (40, 28), (24, 56)] {
        for hasContext in [false, true] {
            let (latent, codec) = try Latents.make(
                channels: channels,
                side: side,
                hasContext: hasContext
            )
            let seconds = Double(CommandLine.arguments[2]) ?? 0.1
            let measurement = try Measurement(of: latent, codec: codec, seconds: seconds)
            let name = "latent-\(channels)x\(side)x\(side)" + (hasContext ? "-context" : "")
            try printLine(name, symbols: latent.count, measurement)
        }
    }
default:
    FileHandle.standardError.write(
        Data("usage: coding-benchmark export FOLDER | measure SECONDS | latents SECONDS\n".utf8)
    )
    exit(2)
}
