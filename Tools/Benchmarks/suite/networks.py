"""The split pipeline and the M/M/1 queue beside SimPy, SimGrid, ns-3 and bare C++."""

import math
import sqlite3

from . import programs
from .failure import fail
from .measuring import Engine, Result, measure, take_turns
from .simulation import issued, poisson, simcoord

# Requests of the file that the peers simulate, in equality and in speed.
SHARE = 100_000
# Of these, what SimPy simulates for speed, since it is slower by far.
SIMPY_SHARE = 20_000

PIPELINES = {
    f"split pipeline, {clients} clients": dict(
        scenario="pipeline", clients=clients, rate=min(40, 1400 / clients), transmit=16_000_000, delay=10_000_000,
        slots=4, target=2e6,
    )
    for clients in (10, 100, 500)
}
QUEUES = {"M/M/1 at 0.9": dict(scenario="queue", clients=1, rate=0.9, transmit=0, delay=0, slots=1, target=3e6)}


def pipeline(options, folder):
    for name, work in PIPELINES.items():
        yield examine(name, work, options, folder)


def mm1(options, folder):
    for name, work in QUEUES.items():
        yield examine(name, work, options, folder)


def examine(name, work, options, folder):
    file, completions, last = drawn(work, folder)
    peers = {
        "C++ std::priority_queue": [programs.peer("pipeline_heap.cpp")],
        "ns-3 Simulator": [programs.peer("pipeline_ns3.cpp", "ns3-core")],
        "SimGrid timers": [programs.peer("pipeline_simgrid.cpp", "simgrid")],
        "SimPy": [programs.python(), programs.PEERS / "pipeline_simpy.py"],
    }
    deviation = 0
    for peer, command in peers.items():
        tolerance = double_tolerance(len(completions), last) if peer.startswith("SimGrid") else 0
        deviation = max(deviation, compare(name, peer, command, file, completions, tolerance))

    def ours():
        settings = poisson(work["rate"], work["clients"], options.requests)
        run = simcoord(work["scenario"], folder / "fast", "none", settings)
        return issued(folder / "fast") / run.seconds, run.peak

    def theirs(peer, command):
        read, count = (beginning(file), SIMPY_SHARE) if peer == "SimPy" else (file, len(completions))

        def once():
            run = measure([*command, read])
            return count / run.own_seconds(), run.peak

        return once

    engines = [(Engine("simcoord run", "message"), ours)]
    engines += [(Engine(peer, "message"), theirs(peer, command)) for peer, command in peers.items()]
    take_turns(options.rounds, engines)
    equality = f"all {len(completions):,} completion times equal to the ns; SimGrid's doubles within {deviation:.3f} ns"
    return Result(name, "requests a second", [engine for engine, _ in engines], equality, work["target"])


def drawn(work, folder):
    """The requests of a run of ours in the form of peers/pipeline.hpp, when each completed, and the last of that."""
    simcoord(work["scenario"], folder / "drawn", "all", poisson(work["rate"], work["clients"], SHARE))
    rows = sqlite3.connect(folder / "drawn/results.sqlite").execute(
        """SELECT device, issued, coalesce(encodeEnd, headStart) - headStart, serviceEnd - serviceStart, completed
        FROM requests ORDER BY issued, id"""
    ).fetchall()
    if any(row[4] is None for row in rows):
        fail(f"{work['scenario']}: a request did not complete, so its completion times cannot be compared")
    file = folder / "requests.txt"
    with file.open("w") as text:
        text.write(f"{work['clients']} {work['slots']} {work['transmit']} {work['delay']} {len(rows)}\n")
        text.writelines("%d %d %d %d\n" % row[:4] for row in rows)
    completions = [row[4] for row in rows]
    return file, completions, max(completions)


def beginning(file):
    """A file of the first requests alone; only for speed, as a request that is left out may have been served first."""
    head, *lines = file.read_text().splitlines(keepends=True)[: SIMPY_SHARE + 1]
    shorter = file.with_suffix(".beginning")
    shorter.write_text(" ".join([*head.split()[:4], str(len(lines))]) + "\n" + "".join(lines))
    return shorter


def double_tolerance(requests, last):
    """The error in ns that times in seconds as doubles may have.

    A sum of two times is off by half a unit in the last place of the latest time at most. A completion is the end of
    a chain of sums, in a busy period one a request, and a few more for the request's other stages and its way here.
    """
    return (requests + 6) * math.ulp(last / 1e9) / 2 * 1e9 + 0.001


def compare(name, peer, command, file, completions, tolerance):
    """The largest difference in ns; one beyond the tolerance ends the benchmark."""
    theirs = [float(word) for word in measure([*command, file], CHECK="1").output.split()]
    if len(theirs) != len(completions):
        fail(f"{name}: {peer} completed {len(theirs)} requests, ours {len(completions)}")
    difference, number = max((abs(a - b), i) for i, (a, b) in enumerate(zip(theirs, completions)))
    if difference > tolerance:
        fail(f"{name}: {peer} completes request {number} at {theirs[number]:.3f} ns, ours at {completions[number]}; "
             f"allowed are {tolerance:.3f} ns")
    return difference
