import Links
import SimulationCore

/// Turns the tree of a scenario file into a `Scenario`, and collects every problem on the way.
///
/// A method returns nil only after it has recorded a problem; decoding goes on with the rest.
struct ScenarioDecoder {
    static let mostDevices = 10_000_000
    static let mostDeviceGroups = 10_000
    static let mostEdges = 10_000
    static let mostLinks = 10_000
    static let mostOperatingPoints = 10_000

    let base: String
    let problems: ProblemCollector
    var hardware: [Hardware] = Hardware.catalog
    /// Operating points by index; nil where one is faulty, so that its name still resolves.
    var operatingPointNames: [String] = []
    var operatingPoints: [OperatingPoint?] = []
    /// Operating points by the name that stands for several, a unit's levels.
    var operatingPointGroups: [String: [Int]] = [:]
    /// Names that would stand for several, had they no problem.
    var faultyGroups: [String] = []
    /// The bundle of operating points that name none; nil without, or when it is faulty.
    var modelUnit: UnitReference?
    var hasModelUnit = false
    var linkNames: [String] = []
    var links: [LinkPath?] = []
    /// What the model is; neither while that is faulty.
    var isSynthetic = false
    var isNetwork = false
    /// Traces already read, so that links share one copy.
    var bandwidthTraces: [TraceKey: BandwidthTrace] = [:]

    struct TraceKey: Hashable {
        var path: String
        var options: String
    }

    init(base: String, problems: ProblemCollector) {
        self.base = base
        self.problems = problems
    }

    /// The scenario and its explanation; nil when there are problems.
    mutating func decode(_ root: Field, defaultName: String) -> Scenario? {
        guard let reader = root.object(.scenario) else { return nil }
        let nameField = reader("name", default: .string(defaultName))
        let name = nameField.string("a name")
        // A folder is named after it.
        if let name, name != defaultName { nameField.checkName(name) }
        let seed = seed(reader("seed", default: .number("1")))
        let clock = reader("clock", default: .string("virtual")).choice(Scenario.Clock.self)
        let duration = reader["duration"]?.duration(positive: true)
        let drain = reader("drain", default: .string("10s")).duration()
        if let field = reader["hardware"] { hardware += customHardware(field) }
        let workload = workload(reader)
        let profile = profile(reader)
        if let field = reader["links"] { decodeLinks(field) }
        let devices = reader["devices"].flatMap { self.devices($0) }
        let edges = self.edges(reader("edges", default: .array([])))
        checkReachability(reader, devices, edges)
        let balancer = reader("balancer", default: .string("leastOutstanding"))
            .choice(Scenario.Balancing.self)
        let precision = reader["precision"].flatMap { self.precision($0, groups: devices) }
        let expectations = self.expectations(reader("expect", default: .object([])))
        guard problems.isEmpty, let name, let seed, let clock, let duration, let drain,
            let workload, let devices, let edges, let balancer
        else { return nil }
        return Scenario(
            name: name,
            seed: seed,
            clock: clock,
            duration: duration,
            drain: drain,
            workload: workload,
            operatingPoints: operatingPoints.compactMap { $0 },
            profile: profile,
            links: links.compactMap { $0 },
            devices: devices,
            edges: edges,
            balancer: balancer,
            expectations: expectations,
            precision: precision,
            explanation: root.explanation.text() + "\n"
        )
    }

    private func seed(_ field: Field) -> UInt64? {
        guard case .number(let text) = field.node.value,
            let seed = WholeNumber.digits(of: text).flatMap({ UInt64($0) })
        else {
            field.failType("a whole number from 0 to 2^64 - 1")
            return nil
        }
        return seed
    }

    private func profile(_ reader: ObjectReader) -> String? {
        if isSynthetic {
            reader["profile"]?.fail("synthetic work draws its own durations", "remove it")
            return nil
        }
        guard let field = reader["profile"] else {
            if isNetwork {
                reader.field.fail(
                    "the key \"profile\" is missing",
                    "add \"profile\": \"PATH\", made with simcoord profile"
                )
            }
            return nil
        }
        guard let path = path(field, "a profile made with simcoord profile") else { return nil }
        if let fault = FileLookup.problem(with: path) {
            field.fail(
                fault.problem,
                "measure one on this host: simcoord profile \(problems.file) --out \(path)"
            )
            return nil
        }
        return path
    }

    /// The absolute path of the file that `field` names; records a problem when it is not there.
    func existingFile(_ field: Field, _ what: String) -> String? {
        guard let path = path(field, what) else { return nil }
        if let fault = FileLookup.problem(with: path) {
            field.fail(fault.problem, fault.remedy)
            return nil
        }
        return path
    }

    /// The absolute form of the path that `field` holds; records a problem when it is none.
    func path(_ field: Field, _ what: String) -> String? {
        guard let text = field.string("the path of \(what)") else { return nil }
        let path = FileLookup.absolute(text, base: base)
        field.replacement = .string(path)
        if text.isEmpty || text.contains("\0") {
            field.fail("\(text.quoted) is not a path", "write the path of \(what)")
            return nil
        }
        return path
    }

    /// Records a problem at each name that an earlier element has, too.
    func checkUnique(_ names: [(name: String, field: Field)]) {
        var seen: Set<String> = []
        for (name, field) in names where !seen.insert(name).inserted {
            field.fail("\(name.quoted) is already the name of another", "choose a new name")
        }
    }
}
