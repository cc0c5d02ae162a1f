"""Recording every request, beside SQLite's C functions with the same rows."""

from . import programs
from .failure import fail
from .measuring import Engine, Result, measure
from .simulation import issued, poisson, simcoord

CLIENTS = 500
RATE = 2.8
TARGET = 400e3


def examine(options, folder):
    raw = programs.peer("sqlite_rows.c", "sqlite3")
    ours = Engine("simcoord run --record all, beyond none", "row of 22 columns")
    theirs = Engine("C SQLite", "row of 22 columns")
    for _ in range(options.rounds):
        seconds, run = {}, None
        for record in ("none", "all"):
            run = simcoord("pipeline", folder / record, record, poisson(RATE, CLIENTS, options.requests))
            seconds[record] = run.seconds
        rows = issued(folder / "all")
        if seconds["all"] <= seconds["none"]:
            fail("recording took no measurable time: use more --requests")
        ours.add(rows / (seconds["all"] - seconds["none"]), run.peak)
        copy = measure([raw, folder / "all/results.sqlite", folder / "copy.sqlite"])
        count, insertion = map(float, copy.output.split())
        if count != rows:
            fail(f"the record holds {count:.0f} rows, but {rows} requests were issued")
        theirs.add(rows / insertion)
    yield Result("recording every request", "rows a second", [ours, theirs],
                 f"all {rows:,} requests are rows; C writes the same ones again", TARGET, note=growth(options, folder))


def growth(options, folder):
    """Says how peak memory grows with the number of rows."""
    peaks = {}
    for share in (10, 1):
        requests = options.requests // share
        peaks[requests] = [
            simcoord("pipeline", folder / "grown", record, poisson(RATE, CLIENTS, requests)).peak / 1e6
            for record in ("none", "all")
        ]
    return "Peak memory without and with the record: " + ", ".join(
        f"{none:.0f} and {every:.0f} MB for {requests:,} requests" for requests, (none, every) in peaks.items()
    ) + "."
