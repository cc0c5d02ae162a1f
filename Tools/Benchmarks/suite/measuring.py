"""Running processes on one processor, and what came of it."""

import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass, field

from .failure import fail
from .programs import peer

PROCESSOR = max(os.sched_getaffinity(0))


@dataclass
class Run:
    """A finished process: seconds of the whole of it, peak bytes, and what it wrote."""

    seconds: float
    peak: int
    output: str
    errors: str

    def own_seconds(self):
        """The seconds that a peer took for its work alone, the last word that it wrote to standard error."""
        return float(self.errors.split()[-1])


def measure(command, **environment):
    """Runs a process pinned to one processor; one that fails ends the benchmark with what it said."""
    command = [str(word) for word in command]
    with tempfile.NamedTemporaryFile("r") as report:
        launcher = [str(peer("pinned.c")), str(PROCESSOR), report.name]
        process = subprocess.run(launcher + command, capture_output=True, text=True, env=os.environ | environment)
        if process.returncode:
            fail(f"{' '.join(launcher)}: {process.stderr.strip()}")
        seconds, peak, code = report.read().split()
    if code != "0":
        fail(f"{' '.join(command)} ended with {code}: {process.stderr.strip()}")
    return Run(float(seconds), int(peak) * 1024, process.stdout, process.stderr)


@dataclass
class Engine:
    """An engine's figures for a work: one a round, and the largest peak memory in bytes if it is known."""

    name: str
    level: str
    values: list = field(default_factory=list)
    peak: int = 0

    def add(self, value, peak=0):
        self.values.append(value)
        self.peak = max(self.peak, peak)

    @property
    def median(self):
        return statistics.median(self.values)


@dataclass
class Result:
    """A work and what every engine made of it; the first engine is ours.

    `target` is the least median of ours, or the greatest where `lower_is_better`; None when nothing is asked.
    """

    work: str
    unit: str
    engines: list
    equality: str
    target: float | None = None
    lower_is_better: bool = False
    note: str = ""

    @property
    def met(self):
        if self.target is None:
            return None
        ours = self.engines[0].median
        return ours <= self.target if self.lower_is_better else ours >= self.target


def take_turns(rounds, engines):
    """One figure of each engine a round, round after round. `engines`: pairs of an `Engine` and a function that
    returns a figure and peak bytes."""
    for _ in range(rounds):
        for engine, work in engines:
            engine.add(*work())
