/// The figures of one device group.
package struct GroupSummary: Codable, Sendable, Equatable {
    package var name: String
    package var devices: Int
    /// Its members stand beside `name` in the JSON.
    package var traffic: TrafficSummary

    private enum Key: String, CodingKey { case name, devices }

    init(name: String, devices: Int, traffic: TrafficSummary) {
        self.name = name
        self.devices = devices
        self.traffic = traffic
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: .name)
        devices = try container.decode(Int.self, forKey: .devices)
        traffic = try TrafficSummary(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(devices, forKey: .devices)
        try traffic.encode(to: encoder)
    }
}
