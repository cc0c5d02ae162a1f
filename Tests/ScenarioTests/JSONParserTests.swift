import Foundation
import TestSupport
import Testing

@testable import Scenario

@Suite struct JSONParserTests {
    private static func random(_ depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        func node(_ value: JSONValue) -> JSONNode { JSONNode(location: .standard, value: value) }
        switch generator.next(depth == 0 ? 4 : 6) {
        case 0: return .null
        case 1: return .boolean(generator.next(2) == 0)
        case 2: return .number("\(Double(generator.next(2_000_001) - 1_000_000) / 64)")
        case 3: return .string(text(&generator))
        case 4:
            return .array((0..<generator.next(4)).map { _ in node(random(depth - 1, &generator)) })
        default:
            let members = (0..<generator.next(4)).map { index in
                JSONValue.Member(
                    key: "\(index)" + text(&generator),
                    location: .standard,
                    node: node(random(depth - 1, &generator))
                )
            }
            return .object(members)
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let alphabet = Array("ab \"\\/\n\t\u{1}\u{7f}éß漢😀{}[],:")
        return String((0..<generator.next(6)).map { _ in alphabet[generator.next(alphabet.count)] })
    }

    @Test func agreesWithFoundationOnRandomDocuments() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<500 {
            let value = Self.random(4, &generator)
            let text = value.text()
            let expected = try JSONDecoder().decode(PlainJSON.self, from: Data(text.utf8))
            #expect(PlainJSON(try JSONParser.parse(text).value) == expected)
            let encoder = JSONEncoder()
            encoder.outputFormatting = .prettyPrinted
            let written = [UInt8](try encoder.encode(expected))
            #expect(PlainJSON(try JSONParser.parse(written).value) == expected)
        }
    }

    @Test func keepsTheOrderOfKeysAndThePlaces() throws {
        let text = "// first\n{ \"b\": 1, /* two\nlines */ \"ä\": [true, \"x\",],\n}\n"
        guard case .object(let members) = try JSONParser.parse(text).value,
            case .array(let elements) = members[1].node.value
        else {
            Issue.record("not the document")
            return
        }
        #expect(members.map(\.key) == ["b", "ä"])
        #expect(members[0].location == .text(line: 2, column: 3))
        #expect(members[1].location == .text(line: 3, column: 10))
        #expect(elements[1].location == .text(line: 3, column: 22))
    }

    @Test func escapesMeanWhatTheStandardSays() throws {
        let node = try JSONParser.parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#)
        guard case .string(let text) = node.value else {
            Issue.record("not text")
            return
        }
        #expect(text == "\"\\/\u{8}\u{c}\n\r\té😀")
    }

    @Test(arguments: [
        ("", 1, 1, "expected a value, found the end of the text"),
        ("{", 1, 2, "the text ends inside the '{' of line 1"),
        ("[1,\n2", 2, 2, "the text ends inside the '[' of line 1"),
        ("{ \"a\" 1 }", 1, 7, "expected ':' after the key \"a\", found '1'"),
        ("{ a: 1 }", 1, 3, "expected a key in quotes or '}', found 'a'"),
        ("{ \"a\": 1\n  \"b\": 2 }", 2, 3, "expected ',' or '}', found '\"'"),
        ("[1 2]", 1, 4, "expected ',' or ']', found '2'"),
        ("[,]", 1, 2, "expected a value, found ','"),
        ("{ \"a\": 1,\n \"a\": 2 }", 2, 2, "the key \"a\" is already on line 1"),
        ("1 2", 1, 3, "more text after the end of the value"),
        ("yes", 1, 1, "yes is not a value"),
        ("\"a", 1, 1, "this text does not end on its line"),
        ("\"a\nb\"", 1, 1, "this text does not end on its line"),
        ("\"\\x\"", 1, 2, "an unknown escape"),
        ("\"\\ud800\"", 1, 2, "an unknown escape"),
        ("\"\\u12\"", 1, 2, "an unknown escape"),
        ("01", 1, 1, "not a number of JSON"),
        ("-", 1, 1, "not a number of JSON"),
        ("1.", 1, 1, "not a number of JSON"),
        ("1e", 1, 1, "not a number of JSON"),
        ("[20ms]", 1, 2, "a number with a unit needs quotes"),
        ("/* a", 1, 1, "this comment does not end"),
        ("/ a", 1, 1, "a lone '/'"),
        (String(repeating: "[", count: 65), 1, 65, "more than 64 levels of nesting"),
    ])
    func syntaxErrorsSayWhere(text: String, line: Int, column: Int, problem: String) {
        #expect {
            try JSONParser.parse(text)
        } throws: { error in
            let error = error as? JSONSyntaxError
            return error?.location == .text(line: line, column: column) && error?.problem == problem
        }
    }

    @Test(arguments: [
        [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80],
    ])
    func refusesBytesThatAreNotText(bytes: [UInt8]) {
        let document = Array("[\n\"a".utf8) + bytes + Array("\"]".utf8)
        #expect {
            try JSONParser.parse(document)
        } throws: { error in
            let error = error as? JSONSyntaxError
            return error?.location == .text(line: 2, column: 3)
                && error?.problem == "not UTF-8 text"
        }
    }
}
