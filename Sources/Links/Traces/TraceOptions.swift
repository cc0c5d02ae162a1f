package import SimulationCore

/// What a scenario states about a trace file; nil leaves it to the file's content.
package struct TraceOptions: Sendable, Equatable {
    package var format: TraceFormat?
    /// Bytes that one `mahimahi` opportunity delivers; 1500 by default.
    package var opportunityBytes: Int?
    /// A column's name in the header, or its number counted from 1.
    package var timeColumn: String?
    package var valueColumn: String?
    /// Unit of the values, such as `Mbit/s` for rates and `ms` for delays.
    package var unit: String?
    /// Unit of the time column, such as `s`; `datetime` for calendar times.
    package var timeUnit: String?
    /// The rows' fixed spacing, which excludes a time column.
    package var interval: SimulationDuration?

    package init(
        format: TraceFormat? = nil,
        opportunityBytes: Int? = nil,
        timeColumn: String? = nil,
        valueColumn: String? = nil,
        unit: String? = nil,
        timeUnit: String? = nil,
        interval: SimulationDuration? = nil
    ) {
        self.format = format
        self.opportunityBytes = opportunityBytes
        self.timeColumn = timeColumn
        self.valueColumn = valueColumn
        self.unit = unit
        self.timeUnit = timeUnit
        self.interval = interval
    }
}
