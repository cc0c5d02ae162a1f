"""Runs of ours: always `simcoord run` on a scenario file, with ledger, histograms and digest."""

import json

from . import programs
from .measuring import measure

SCENARIOS = programs.HERE / "scenarios"


def simcoord(scenario, out, record, settings=()):
    command = [programs.SIMCOORD, "run", SCENARIOS / f"{scenario}.json", "--record", record, "--out", out,
               "--workers", "1", "--quiet"]
    for setting in settings:
        command += ["--set", setting]
    return measure(command)


def poisson(rate, clients, requests):
    """Settings for about so many requests, `rate` a second and client."""
    arrivals = json.dumps({"poisson": {"rate": f"{rate}/s"}})
    return [f"devices.clients.count={clients}", f"devices.clients.arrivals={arrivals}",
            f"duration={round(requests / (rate * clients) * 1000)}ms"]


def summary(folder):
    return json.loads((folder / "summary.json").read_text())


def issued(folder):
    return summary(folder)["requests"]["issued"]
