"""The event queue under the hold model."""

import array
import math
import random

from . import programs
from .failure import fail
from .measuring import Engine, Result, measure, take_turns

# Increments a file holds; the model goes round through them.
COUNT = 1 << 18
OPERATIONS = 3_000_000
# SimPy is slower by a factor of twenty and more.
SHARE = 300_000
MEAN = 1e9
TARGETS = {1_000: 12e6, 100_000: 10e6}


def exponential(random):
    return -math.log(1 - random.random()) * MEAN


def bimodal(random):
    """Nine in ten about a hundredth of the mean, the tenth about ten times the mean."""
    centre = MEAN / 100 if random.random() < 0.9 else MEAN * 9.91
    return centre * (0.9 + 0.2 * random.random())


def examine(options, folder):
    ours = programs.swift_benchmark("queue-benchmark")
    heap = programs.peer("hold_heap.cpp")
    ns3 = programs.peer("hold_ns3.cpp", "ns3-core")
    simpy = [programs.python(), programs.PEERS / "hold_simpy.py"]
    peers = {
        "simcoord EventQueue": ([ours], []),
        "C++ std::priority_queue": ([heap], []),
        "ns-3 MapScheduler (default)": ([ns3], ["ns3::MapScheduler"]),
        "ns-3 PriorityQueueScheduler": ([ns3], ["ns3::PriorityQueueScheduler"]),
        "SimPy": (simpy, []),
    }
    for distribution in (exponential, bimodal):
        file = folder / distribution.__name__
        draws = random.Random(7)
        file.write_bytes(array.array("q", [round(distribution(draws)) for _ in range(COUNT)]).tobytes())
        for pending, target in TARGETS.items():
            name = f"hold model, {distribution.__name__}, {pending:,} pending"
            yield hold(name, peers, file, pending, target, options)


def hold(name, peers, file, pending, target, options):
    def run(program, operations, **environment):
        command, extra = program
        return measure([*command, file, pending, operations, *extra], **environment)

    sums = {peer: run(program, SHARE, CHECK="1").output.strip() for peer, program in peers.items()}
    if len(set(sums.values())) != 1:
        fail(f"{name}: the engines popped other times, by their checksums {sums}")

    def work(peer, program):
        operations = SHARE if peer == "SimPy" else OPERATIONS

        def once():
            result = run(program, operations)
            return operations / result.own_seconds(), result.peak

        return once

    engines = [(Engine(peer, "event"), work(peer, program)) for peer, program in peers.items()]
    take_turns(options.rounds, engines)
    return Result(name, "pop and push a second", [engine for engine, _ in engines],
                  f"equal checksums of {SHARE + SHARE // 10:,} popped times", target)
