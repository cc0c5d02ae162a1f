import Foundation
import ImageCodecs
import TestSupport
import Testing

@testable import Scenario

@Suite struct SchemaTests {
    private let definitions: [String: [String: Any]]

    init() throws {
        let file = PackageFolder.file("Scenarios/scenario.schema.json")
        let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        let schema = try #require(document as? [String: Any])
        definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    }

    @Test func definesEveryKeyThatTheDecoderKnows() throws {
        for shape in ObjectShape.all {
            let definition = try #require(definitions[shape.name], "\(shape.name)")
            let properties = try #require(
                definition["properties"] as? [String: Any],
                "\(shape.name)"
            )
            #expect(Set(properties.keys) == Set(shape.keys), "\(shape.name)")
            let required = definition["required"] as? [String] ?? []
            #expect(Set(required) == Set(shape.required.map(\.key)), "\(shape.name)")
            #expect(definition["additionalProperties"] as? Bool == false, "\(shape.name)")
            #expect((definition["maxProperties"] as? Int == 1) == shape.isChoice, "\(shape.name)")
        }
    }

    @Test func definesNothingElse() {
        let objects = definitions.filter { $0.value["properties"] != nil }.map(\.key)
        #expect(Set(objects) == Set(ObjectShape.all.map(\.name)))
        #expect(Set(ObjectShape.all.map(\.name)).count == ObjectShape.all.count)
    }

    @Test func everyReferenceIsDefined() throws {
        var references: [String] = []
        func visit(_ value: Any) {
            if let object = value as? [String: Any] {
                if let reference = object["$ref"] as? String { references.append(reference) }
                object.values.forEach(visit)
            }
            if let list = value as? [Any] { list.forEach(visit) }
        }
        visit(definitions)
        for reference in references {
            #expect(
                definitions[String(reference.dropFirst("#/$defs/".count))] != nil,
                "\(reference)"
            )
        }
        #expect(references.count > 50)
    }

    @Test func listsTheSameNamesAndUnits() throws {
        let scenario = try #require(
            definitions["scenario"]?["properties"] as? [String: [String: Any]]
        )
        #expect(scenario["clock"]?["enum"] as? [String] == Scenario.Clock.allCases.map(\.rawValue))
        #expect(
            scenario["balancer"]?["enum"] as? [String]
                == Scenario.Balancing.allCases.map(\.rawValue)
        )
        let input = try #require(definitions["input"]?["properties"] as? [String: [String: Any]])
        #expect(
            input["resize"]?["enum"] as? [String] == ImageResizing.allCases.map(\.rawValue)
        )
        for (name, dimension) in [
            ("duration", Dimension.duration), ("size", .size), ("bitRate", .bitRate),
        ] {
            let pattern = try Regex(try #require(definitions[name]?["pattern"] as? String))
            for (unit, _) in dimension.units {
                #expect("1.5\(unit)".contains(pattern), "\(unit)")
                #expect(!"1.5x\(unit)".contains(pattern), "\(unit)")
            }
        }
    }

    @Test(arguments: [
        "a", "ü", "low latency", "", "a/b", "\u{1F}", "\u{7F}", "\u{85}", "\u{202E}", "\u{2069}",
        "\u{FFFE}", "\u{FFFF}", String(repeating: "ü", count: 64),
        String(repeating: "a", count: 65),
    ])
    func namesAreTheDecodersOwn(name: String) throws {
        let problems = ProblemCollector(file: "s.json")
        Field(JSONNode(location: .standard, value: .string(name)), path: "", problems: problems)
            .checkName(name)
        let schema = try #require(definitions["name"])
        let pattern = try Regex(try #require(schema["pattern"] as? String))
        let longest = try #require(schema["maxLength"] as? Int)
        let fits = name.contains(pattern) && name.unicodeScalars.count <= longest
        #expect(fits == problems.isEmpty, "\(name)")
    }

    /// What the decoder wants above zero, the schema does, too.
    @Test func zeroesAreRefused() throws {
        for name in ["bitRate", "eventRate"] {
            let pattern = try Regex(try #require(definitions[name]?["pattern"] as? String))
            let unit = name == "bitRate" ? "bit/s" : "/s"
            #expect("0.5\(unit)".contains(pattern) && !"0.0\(unit)".contains(pattern))
        }
        for name in ["duration", "size"] {
            let positive = try #require(
                definitions["positive\(name.prefix(1).uppercased())\(name.dropFirst())"]
            )
            #expect(positive["$ref"] as? String == "#/$defs/\(name)")
            #expect(positive["pattern"] as? String == "[1-9]")
        }
        for (definition, key) in [
            ("scenario", "duration"), ("exponential", "mean"), ("tcp", "buffer"),
            ("bandwidthTrace", "interval"), ("bandwidthTrace", "opportunityBytes"),
            ("delayTrace", "interval"), ("queue", "bytes"), ("device", "deadline"),
            ("device", "timeout"), ("periodic", "period"), ("counts", "interval"),
        ] {
            let properties = definitions[definition]?["properties"] as? [String: [String: Any]]
            let reference = properties?[key]?["$ref"] as? String
            #expect(reference?.hasPrefix("#/$defs/positive") == true, "\(definition).\(key)")
        }
    }
}
