extension Hardware {
    /// The profile's own host: one core of an AMD EPYC of the fourth generation ("Zen 4") near
    /// 3 GHz, running f32 on OpenVINO with AVX-512.
    ///
    /// The other factors start from the duration of MobileNetV2 there, 6.6 ms: a measured 9 ms for
    /// EfficientNet-Lite0 on such a core, scaled by multiply-accumulates (300 to 407 million).
    package static let host = Hardware(
        name: "host",
        factors: Factors(inference: 1, coding: 1),
        power: Power(idle: 4, compute: 9, transmit: 0),
        source: """
            factors: by definition; power, estimate: one core's share of a server processor with \
            280 W for 32 cores
            """
    )

    /// A microcontroller with a camera and a narrowband modem.
    package static let microcontrollerCamera = Hardware(
        name: "microcontroller-camera",
        factors: Factors(inference: 220, coding: 40),
        power: Power(idle: 0.01, compute: 0.14, transmit: 0.8),
        source: """
            inference and compute watts: MLPerf Tiny v1.1, Krai, NUCLEO-H7A3ZI (Cortex-M7, 280 MHz), \
            image classification 18.2 inferences/s at 7615 uJ in int8 \
            (github.com/mlcommons/tiny_results_v1.1, closed/Krai/results/README.md), about 12.5 \
            million multiply-accumulates each, against an estimate of 50 billion a second on the \
            host; coding, estimate: a tenth of the clock, a quarter of the work per cycle; idle, \
            estimate: sleep between frames; transmit, estimate: 23 dBm LTE-M, 0.2 W radiated at \
            30 % efficiency, and the baseband
            """
    )

    /// Raspberry Pi 4 Model B, all four cores.
    package static let raspberryPi4 = Hardware(
        name: "raspberry-pi-4",
        factors: Factors(inference: 11, coding: 5),
        power: Power(idle: 2.2, compute: 5.4, transmit: 0.7),
        source: """
            inference: ncnn benchmark/README.md (github.com/Tencent/ncnn), Cortex-A72 1.5 GHz, 4 \
            threads, mobilenet_v2 75.8 ms; idle and compute watts: \
            chipwired.com/raspberry-pi-power-use, idle and high load; transmit: \
            raspberrypi-5.com/questions/how-much-power-does-a-raspberry-pi-4-use, active Wi-Fi; \
            coding, estimate: half the clock, 0.4 of the work per cycle, one thread
            """
    )

    /// A mid-range phone, all eight cores of a Snapdragon 660.
    package static let midrangePhone = Hardware(
        name: "midrange-phone",
        factors: Factors(inference: 5.2, coding: 3.5),
        power: Power(idle: 0.6, compute: 3, transmit: 2.4),
        source: """
            inference: ncnn benchmark/README.md (github.com/Tencent/ncnn), Snapdragon 660, 8 \
            threads, mobilenet_v2 34.5 ms; transmit, estimate: LTE at 2.5 Mbit/s by the power model \
            of Huang et al., "A Close Examination of Performance and Power Characteristics of 4G \
            LTE Networks", MobiSys 2012; coding, estimate: 2.2 GHz Cortex-A73 class, 0.4 of the \
            work per cycle; idle and compute watts, estimate
            """
    )

    /// NVIDIA Jetson Nano on its processor alone, all four cores.
    package static let jetsonNano = Hardware(
        name: "jetson-nano",
        factors: Factors(inference: 6, coding: 5.2),
        power: Power(idle: 2, compute: 6, transmit: 1),
        source: """
            inference, estimate: ncnn benchmark/README.md (github.com/Tencent/ncnn), Snapdragon 810 \
            (Cortex-A57 2.0 GHz), 1 thread, mobilenet_v2 78.8 ms, scaled to 1.43 GHz and to 4 \
            threads at 70 % efficiency; coding, estimate: 1.43 GHz, 0.4 of the work per cycle; \
            watts, estimate: within the board's 5 W and 10 W modes
            """
    )

    /// An edge server of eight cores like the host's; give it up to eight slots.
    package static let edgeServer = Hardware(
        name: "edge-server-8-core",
        factors: Factors(inference: 1, coding: 1),
        power: Power(idle: 60, compute: 130, transmit: 0),
        source: """
            factors: by definition, one core a slot; watts, estimate: eight cores at 9 W each above \
            a platform of 60 W
            """
    )

    /// An edge server with a GPU, whose durations hardly grow with the batch.
    package static let graphicsServer = Hardware(
        name: "edge-server-gpu",
        factors: Factors(inference: 1, coding: 1),
        power: Power(idle: 80, compute: 210, transmit: 0),
        source: """
            factors: by definition, against a profile of its own; watts, estimate: an 8-core server \
            and an inference GPU of the 72 W class
            """,
        needsOwnProfile: true
    )

    /// The classes that every scenario may name.
    package static let catalog: [Hardware] = [
        host, microcontrollerCamera, raspberryPi4, midrangePhone, jetsonNano, edgeServer,
        graphicsServer,
    ]
}
