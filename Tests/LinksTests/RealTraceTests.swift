import Links
import SimulationCore
import Testing

/// Every file among the real traces loads, or is refused with a message that is right.
///
/// Figures are those that the collection's `SOURCES.md` gives.
@Suite(.enabled(if: TestTraces.folder != nil, TestTraces.absent))
struct RealTraceTests {
    private struct File: CustomTestStringConvertible {
        var name: String
        var seconds: Double
        var megabits: Double
        var options = TraceOptions()
        var testDescription: String { name }
    }

    private static let byteSteps = TraceOptions(unit: "B/s")
    private static let satellite = TraceOptions(unit: "Mbit/s")
    private static let drive = TraceOptions(
        valueColumn: "DL_bitrate",
        unit: "kbit/s",
        interval: .seconds(1)
    )

    private static let files = [
        File(name: "mahimahi/ATT-LTE-driving-2016.up", seconds: 120, megabits: 1.91),
        File(name: "mahimahi/Verizon-LTE-short.up", seconds: 140, megabits: 5.95),
        File(name: "mahimahi/TMobile-UMTS-driving.up", seconds: 931, megabits: 0.94),
        File(name: "nyc-lte-2019/trace-3201711-timessquare", seconds: 128, megabits: 3.97),
        File(name: "nyc-3g-2018/uplink-3g-no-cross-subway.pps", seconds: 244, megabits: 0.71),
        File(name: "nyc-3g-2018/downlink-3g-no-cross-times-2", seconds: 57, megabits: 3.33),
        File(name: "leocc-starlink/bw_example.0-15s.txt", seconds: 15, megabits: 58.02),
        File(name: "sabre/3Glogs_report.2010-09-13_1003CEST.json", seconds: 196, megabits: 1.45),
        File(name: "sabre/3Glogs_report.2011-01-29_1125CET.json", seconds: 893, megabits: 1.36),
        File(name: "sabre/4Glogs_report_bus_0005.json", seconds: 337, megabits: 40.48),
        File(name: "sabre/4Glogs_report_foot_0004.json", seconds: 222, megabits: 17.89),
        File(name: "sabre/4Glogs_report_train_0002.json", seconds: 503, megabits: 23.67),
        File(name: "sabre/hd_fs_trace0071.json", seconds: 180, megabits: 27.66),
        File(name: "sabre/sd_fs_trace0213.json", seconds: 180, megabits: 5.21),
        File(name: "lumos5g/5g_trace_103_driving", seconds: 236, megabits: 296.88),
        File(name: "lumos5g/5g_trace_44_walking", seconds: 799, megabits: 538.62),
        File(name: "lumos5g/4g_trace_driving_50031_dr", seconds: 250, megabits: 38.76),
        File(
            name: "ucc5g/Download_Driving_B_2020.01.16_12.10.03.csv",
            seconds: 384,
            megabits: 120.78,
            options: drive
        ),
        File(
            name: "ucc5g/Download_Static_B_2020.02.14_13.21.26.csv",
            seconds: 1013,
            megabits: 121.02,
            options: drive
        ),
        File(name: "solis-wifi/wifi_cafe_231115-152438.txt", seconds: 200, megabits: 7.83),
        File(name: "solis-wifi/wifi_campus_231115-193908.txt", seconds: 200, megabits: 72.77),
        File(name: "solis-wifi/wifi_office_231114-153348.txt", seconds: 200, megabits: 11.62),
        File(name: "solis-wifi/wifi_restr_231115-131727.txt", seconds: 200, megabits: 9.55),
        File(
            name: "multipath-wifi-cell/7_1_wifi.csv",
            seconds: 100,
            megabits: 30.45,
            options: byteSteps
        ),
        File(
            name: "multipath-wifi-cell/7_1_cellular.csv",
            seconds: 100,
            megabits: 47.44,
            options: byteSteps
        ),
        File(
            name: "multipath-wifi-cell/12_1_wifi.csv",
            seconds: 100,
            megabits: 33.68,
            options: byteSteps
        ),
        File(
            name: "multipath-wifi-cell/12_1_cellular.csv",
            seconds: 100,
            megabits: 45.63,
            options: byteSteps
        ),
        File(
            name: "starlink-autobahn/throughput.rows739-1759.csv",
            seconds: 1020,
            megabits: 243.03,
            options: TraceOptions(
                valueColumn: "download",
                unit: "Mbit/s",
                interval: .seconds(1)
            )
        ),
        File(
            name: "starlink-vs-cell/uplink_mob.rows0-600.csv",
            seconds: 600,
            megabits: 26.39,
            options: satellite
        ),
        File(
            name: "starlink-vs-cell/uplink_mob.rows2880-3480.csv",
            seconds: 600,
            megabits: 10.99,
            options: satellite
        ),
        File(
            name: "puffer/trace-h8ukv4TooJFM2cJEmedtiP0w8ZikR95Q6zwVci3GKk=_1",
            seconds: 1728,
            megabits: 1.58
        ),
    ]

    @Test(arguments: files)
    private func loadsWithItsKnownLengthAndMean(file: File) throws {
        let trace = try TestTraces.load(file.name, file.options)
        #expect(abs(trace.period.seconds - file.seconds) < 2.1)
        #expect(abs(trace.meanBitsPerSecond / 1e6 / file.megabits - 1) < 0.015)
    }

    @Test(arguments: ["mob_att_sp_att.txt", "mob_att_sp_mob.txt"])
    func logsOfIperfAreRefusedByName(name: String) throws {
        let error = try #require(throws: TraceError.self) {
            try TestTraces.load("starlink-vs-cell/\(name)")
        }
        #expect(error.problem == "this is a log of iperf3, not a trace")
    }

    @Test(arguments: [
        ("ucc5g/Download_Driving_B_2020.01.16_12.10.03.csv", "which of 26 columns"),
        ("multipath-wifi-cell/7_1_wifi.csv", "is not believable"),
        ("starlink-vs-cell/uplink_mob.rows0-600.csv", "the unit of column 'throughput'"),
        ("leocc-starlink/delay_example.0-15s.txt", "is before"),
        ("arrivals-azure-functions-infless/3.txt", "is before"),
    ])
    func whatNeedsMoreIsRefusedWithWhatItNeeds(name: String, problem: String) throws {
        let error = try #require(throws: TraceError.self) { try TestTraces.load(name) }
        #expect(error.problem.contains(problem), "\(error)")
    }

    @Test func pairedDelaysLoad() throws {
        let name = "leocc-starlink/delay_example.0-15s.txt"
        let trace = try DelayTrace.parse(TestTraces.bytes(name), file: name)
        #expect(trace.period == .seconds(15))
        let third = trace.delay(at: .start + .milliseconds(30))
        #expect(third == .milliseconds(16))
        #expect(trace.delay(at: .start + .milliseconds(15_039)) == third)
        let sabre = try TestTraces.load("sabre/3Glogs_report.2010-09-13_1003CEST.json")
        #expect(sabre.latency?.delay(at: .start) == .milliseconds(100))
    }

    @Test func arrivalsLoad() throws {
        let name = "arrivals-azure-llm-2023/AzureLLMInferenceTrace_code.csv"
        let times = try ArrivalTrace.parseTimestamps(TestTraces.bytes(name), file: name)
        #expect(times.requests == 8819)
        #expect(abs(times.duration.seconds - 3436) < 1)
        let minutes = try counts("arrivals-azure-functions-infless/3.txt", .seconds(60))
        #expect(minutes.duration == .seconds(7 * 86_400))
        #expect(abs(Double(minutes.requests) / 10_080 - 3.10) < 0.005)
        let seconds = try counts("arrivals-twitter-ipa/workload.sec0-43200.txt", .seconds(1))
        #expect(seconds.duration == .seconds(43_200))
        #expect(abs(Double(seconds.requests) / 43_200 - 73.60) < 0.005)
    }

    private func counts(_ name: String, _ interval: SimulationDuration) throws -> ArrivalTrace {
        try ArrivalTrace.parseCounts(TestTraces.bytes(name), file: name, interval: interval)
    }
}
