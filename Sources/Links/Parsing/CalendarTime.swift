/// A calendar time as text, in the Gregorian calendar and without leap seconds.
enum CalendarTime {
    /// Nanoseconds since 1970 of `YYYY-MM-DD hh:mm:ss[.fraction][zone]`, or nil if it is not one.
    ///
    /// The separators may be any of `-./:_T` and space. A zone of the form `Z` or `±hh[:]mm` is
    /// applied; a zone's name (such as `CDT`) is passed over, so differences are right as long as
    /// a file keeps to one.
    static func nanoseconds(_ text: ArraySlice<UInt8>) -> Int64? {
        var rest = text
        guard let year = number(&rest, digits: 4), separator(&rest, "-./"),
            let month = number(&rest, digits: 2), separator(&rest, "-./"),
            let day = number(&rest, digits: 2), separator(&rest, "_T "),
            let hour = number(&rest, digits: 2), separator(&rest, ":."),
            let minute = number(&rest, digits: 2), separator(&rest, ":."),
            let second = number(&rest, digits: 2),
            (1970...2200).contains(year), (1...12).contains(month), (1...31).contains(day),
            hour < 24, minute < 60, second < 61
        else { return nil }
        let fraction = fraction(&rest)
        guard let zone = zone(rest) else { return nil }
        let seconds =
            days(year: year, month: month, day: day) * 86_400
            + hour * 3600 + minute * 60 + second - zone
        return seconds * 1_000_000_000 + fraction
    }

    /// Days from 1970-01-01, counting years from March so that the leap day comes last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let fromMarch = (month + 9) % 12
        let dayOfYear = (153 * fromMarch + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    private static func number(_ text: inout ArraySlice<UInt8>, digits: Int) -> Int64? {
        guard text.count >= digits else { return nil }
        var value: Int64 = 0
        for byte in text.prefix(digits) {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        text = text.dropFirst(digits)
        return value
    }

    private static func separator(_ text: inout ArraySlice<UInt8>, _ allowed: String) -> Bool {
        guard let byte = text.first, allowed.utf8.contains(byte) else { return false }
        text = text.dropFirst()
        return true
    }

    private static func fraction(_ text: inout ArraySlice<UInt8>) -> Int64 {
        guard text.first == UInt8(ascii: ".") else { return 0 }
        text = text.dropFirst()
        var value: Int64 = 0
        var unit: Int64 = 100_000_000
        while let digit = number(&text, digits: 1) {
            value += digit * unit
            unit /= 10
        }
        return value
    }

    /// Seconds east of Greenwich, 0 for a name, or nil if the text is no zone.
    private static func zone(_ text: ArraySlice<UInt8>) -> Int64? {
        var rest = text.drop { $0 == UInt8(ascii: " ") }
        guard let first = rest.first else { return 0 }
        if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            rest = rest.dropFirst()
            guard let hours = number(&rest, digits: 2) else { return nil }
            if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst() }
            let minutes = rest.isEmpty ? 0 : number(&rest, digits: 2)
            guard let minutes, rest.isEmpty else { return nil }
            let seconds = hours * 3600 + minutes * 60
            return first == UInt8(ascii: "-") ? -seconds : seconds
        }
        let isName = rest.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        }
        return isName && rest.count <= 5 ? 0 : nil
    }
}
