"""A million clients, ten requests each, a server of four slots for each 500 of them."""

from .failure import fail
from .measuring import Engine, Result
from .simulation import simcoord, summary

CLIENTS = 1_000_000
CLIENTS_OF_SERVER = 500
REQUESTS_OF_CLIENT = 10
PERIOD = 10


def settings(clients, seconds=PERIOD * REQUESTS_OF_CLIENT):
    return [f"devices.clients.count={clients}", f"edges.edge.count={max(1, clients // CLIENTS_OF_SERVER)}",
            f"duration={seconds}s"]


def examine(options, folder):
    base = simcoord("city", folder / "base", "none", settings(CLIENTS_OF_SERVER)).peak
    speed, bytes_of_client, memory = (Engine("simcoord run", "message") for _ in range(3))
    pace = Engine("simcoord run", "message")
    for _ in range(options.rounds):
        run = simcoord("city", folder / "city", "none", settings(options.clients))
        figures = summary(folder / "city")
        issued = figures["requests"]["issued"]
        if figures["requests"]["completed"] != issued:
            fail(f"of the city's {issued} requests only {figures['requests']['completed']} completed")
        speed.add(issued / run.seconds, run.peak)
        bytes_of_client.add((run.peak - base) / (options.clients - CLIENTS_OF_SERVER))
        memory.add(run.peak / 1e9)
        pace.add(PERIOD * REQUESTS_OF_CLIENT / run.seconds)
    name = f"city of {options.clients:,} clients"
    whole = options.clients == CLIENTS
    equality = f"all {issued:,} requests completed; no peer"

    def result(what, unit, engine, target=None, lower=False):
        return Result(f"{name}: {what}", unit, [engine], equality, target if whole else None, lower)

    yield result("speed", "requests a second", speed, 1e6)
    yield result("memory", "B a client", bytes_of_client, 400, True)
    yield result("peak", "GB", memory, 2, True)
    yield result("pace on one core, a request each 10 s and device", "simulated seconds a second", pace)
