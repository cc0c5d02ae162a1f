/// A run's expectations as JUnit test cases, for continuous integration.
package struct JUnitReport {
    private let summary: Summary

    package init(_ summary: Summary) { self.summary = summary }

    /// The contents of `junit.xml`: a case for the run's validity, then one for each expectation.
    package var xml: String {
        let validity = summary.validity
        var cases = [
            Self.testCase(
                "valid",
                in: summary.scenario,
                failure: validity.valid ? nil : validity.reasons.joined(separator: " ")
            )
        ]
        for expectation in summary.expectations {
            cases.append(
                Self.testCase(
                    "\(expectation.path) \(expectation.text)",
                    in: summary.scenario,
                    failure: expectation.met ? nil : Self.failure(of: expectation)
                )
            )
        }
        let failures = summary.expectations.count { !$0.met } + (validity.valid ? 0 : 1)
        let name = Self.escaped(summary.scenario)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="\(name)" tests="\(cases.count)" failures="\(failures)">
            \(cases.joined(separator: "\n"))
              </testsuite>
            </testsuites>

            """
    }

    private static func failure(of expectation: ExpectationResult) -> String {
        if let reason = expectation.reason { return reason }
        return "is " + Quantity.text(expectation.actual, path: expectation.path)
    }

    private static func testCase(_ name: String, in suite: String, failure: String?) -> String {
        let head = "    <testcase classname=\"\(escaped(suite))\" name=\"\(escaped(name))\""
        guard let failure else { return head + "/>" }
        return head + "><failure message=\"\(escaped(failure))\"/></testcase>"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // XML 1.0 has no way to write most control characters, nor these two.
            case _ where scalar.value < 0x20, "\u{FFFE}", "\u{FFFF}": escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
