"""How cost grows with requests, clients and the length of a trace: straight lines, and what they leave over."""

import json
import statistics
from dataclasses import dataclass, field

from .city import settings
from .simulation import issued, poisson, simcoord

# Requests of the runs that differ in clients; of those that differ in the trace.
CITY_REQUESTS = 300_000
TRACE_REQUESTS = 10_000


@dataclass
class Scaling:
    text: str = ""
    fits: list = field(default_factory=list)


def examine(options, folder):
    rounds = min(options.rounds, 3)
    scaling = Scaling(
        f"## Scaling\n\nMedian of {rounds} run(s). A line a + b·x with the least sum of squared *relative* residuals, "
        "since x spans decades.\n"
    )
    for title, points, run in (
        ("requests", (10_000, 100_000, 1_000_000, 3_000_000), requests_run),
        ("clients", (10, 100, 1_000, 10_000, 100_000, 1_000_000), clients_run),
        ("trace lines", (100, 1_000, 10_000, 100_000, 1_000_000), trace_run),
    ):
        rows = []
        for point in points:
            runs = [run(point, folder) for _ in range(rounds)]
            x = statistics.median(x for x, _ in runs)
            rows.append((x, statistics.median(r.seconds for _, r in runs), max(r.peak for _, r in runs)))
        add(scaling, title, rows)
    return scaling


def requests_run(requests, folder):
    run = simcoord("pipeline", folder / "scaled", "none", poisson(2.8, 500, requests))
    return issued(folder / "scaled"), run


def clients_run(clients, folder):
    return clients, simcoord("city", folder / "scaled", "none", settings(clients, 10 * CITY_REQUESTS // clients))


def trace_run(lines, folder):
    """A Mahimahi trace of a packet each millisecond, replayed by a hundred devices."""
    trace = folder / "packets.up"
    trace.write_text("".join(f"{millisecond}\n" for millisecond in range(1, lines + 1)))
    uplink = json.dumps({"trace": {"file": str(trace)}, "delay": "10ms"})
    run = simcoord("pipeline", folder / "scaled", "none",
                   [*poisson(2.8, 100, TRACE_REQUESTS), f"links.own.uplink={uplink}"])
    return lines, run


def line(points):
    """a and b of y = a + b·x, each residual relative to y."""
    weights = [1 / y**2 for _, y in points]
    total = sum(weights)
    mean_x = sum(w * x for w, (x, _) in zip(weights, points)) / total
    mean_y = sum(w * y for w, (_, y) in zip(weights, points)) / total
    b = sum(w * (x - mean_x) * (y - mean_y) for w, (x, y) in zip(weights, points))
    b /= sum(w * (x - mean_x) ** 2 for w, (x, _) in zip(weights, points))
    return mean_y - b * mean_x, b


def add(scaling, title, rows):
    seconds = line([(x, s) for x, s, _ in rows])
    bytes_ = line([(x, p) for x, _, p in rows])
    text = [f"### Cost against {title}", "", f"| {title} | seconds | off the line | peak MB | off the line |",
            "|--:|--:|--:|--:|--:|"]
    for x, s, peak in rows:
        off = [100 * (y / (a + b * x) - 1) for y, (a, b) in ((s, seconds), (peak, bytes_))]
        text.append(f"| {x:,.0f} | {s:.3f} | {off[0]:+.1f} % | {peak / 1e6:,.1f} | {off[1]:+.1f} % |")
    text += ["", f"{seconds[0]:.3g} s + {seconds[1] * 1e9:,.1f} ns × {title}; {bytes_[0] / 1e6:,.1f} MB + "
             f"{bytes_[1]:,.1f} B × {title}."]
    scaling.text += "\n" + "\n".join(text) + "\n"
    scaling.fits.append({
        "against": title, "secondsConstant": seconds[0], "secondsEach": seconds[1], "bytesConstant": bytes_[0],
        "bytesEach": bytes_[1], "points": [{"x": x, "seconds": s, "peakBytes": p} for x, s, p in rows],
    })
