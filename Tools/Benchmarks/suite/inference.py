"""Head and tail of a network beside raw OpenVINO and ONNX Runtime: the same cut graphs, one thread."""

import array
import sys

from . import programs
from .failure import fail
from .measuring import Engine, Result, measure, take_turns

# How long a figure's calls take, in seconds.
SPAN = 0.3
# Ours may take so many times as long as OpenVINO alone.
RATIO = 1.03
# How far ONNX Runtime's results may lie from OpenVINO's, as a share of the largest: other kernels add up float32 in
# another order.
TOLERANCE = 1e-3
NETWORKS = {
    "fashion-resnet": (programs.ROOT / "Scenarios/models/fashion-resnet.onnx", "waist"),
    "EfficientNet-Lite0": (programs.ROOT / ".models/efficientnet-lite0.onnx", "block7"),
}


def examine(options, folder):
    ours = programs.swift_benchmark("inference-benchmark")
    openvino = programs.peer("infer_openvino.c", "openvino_c")
    onnxruntime = [programs.python(), programs.PEERS / "infer_onnxruntime.py"]
    for name, (file, tensor) in NETWORKS.items():
        if not file.exists():
            print(f"{name} is left out: Tools/models/efficientnet-lite0 fetches it\n", file=sys.stderr)
            continue
        shapes = dict(line.split() for line in measure([ours, "cut", file, tensor, folder]).output.splitlines())
        for part, shape in shapes.items():
            graph = folder / f"{part}.onnx"
            yield compare(f"{name}, {part} at {tensor}", options, folder, {
                "simcoord Inference": lambda calls: [ours, "measure", graph, folder / "ours", calls],
                "OpenVINO, C": lambda calls: [openvino, graph, folder / "openvino", calls, shape],
                "ONNX Runtime, bound": lambda calls: [*onnxruntime, graph, folder / "onnxruntime", calls, shape],
            })


def compare(name, options, folder, commands):
    calls = 20
    first = measure(commands["simcoord Inference"](calls))
    calls = max(20, round(SPAN * calls / first.own_seconds()))
    for command in commands.values():
        measure(command(1))
    equality = agreement(name, folder)

    def work(command):
        def once():
            run = measure(command(calls))
            return run.own_seconds() / calls * 1e6, run.peak

        return once

    engines = [(Engine(engine, "inference"), work(command)) for engine, command in commands.items()]
    take_turns(options.rounds, engines)
    engines = [engine for engine, _ in engines]
    # What is asked for depends on the peers of this very run.
    target = min(RATIO * engines[1].median, engines[2].median)
    return Result(name, "µs a call", engines, equality, target, lower_is_better=True)


def agreement(name, folder):
    """How the results agree; ours has to be OpenVINO's bit by bit."""
    ours, openvino, onnxruntime = (
        array.array("f", (folder / engine).read_bytes()) for engine in ("ours", "openvino", "onnxruntime")
    )
    if ours.tobytes() != openvino.tobytes():
        fail(f"{name}: the results are not those of OpenVINO alone")
    if len(onnxruntime) != len(ours):
        fail(f"{name}: ONNX Runtime yields {len(onnxruntime)} values, OpenVINO {len(ours)}")
    largest = max(map(abs, ours))
    difference = max(abs(a - b) for a, b in zip(ours, onnxruntime)) / largest
    if not difference <= TOLERANCE:
        fail(f"{name}: ONNX Runtime's results differ by {difference:.2g} of the largest")
    return f"{len(ours):,} values equal OpenVINO's bit by bit, ONNX Runtime's to {difference:.1g} of the largest"
