"""The split pipeline in SimPy: a device and a link for each client, one server, first come first served.

    pipeline_simpy.py FILE

FILE is what pipeline.hpp describes. Prints one completion time a line, in the order of the requests, if CHECK is in the
environment, and always the seconds that the simulation took to standard error.
"""

import os
import sys
import time

import simpy


def client(environment, work, requests, completions):
    """Issues the client's requests at their times, whatever became of the ones before."""
    device = simpy.Resource(environment)
    link = simpy.Resource(environment)
    for number, issued, compute, service in requests:
        yield environment.timeout(issued - environment.now)
        environment.process(
            request(environment, work, device, link, number, compute, service, completions)
        )


def request(environment, work, device, link, number, compute, service, completions):
    with device.request() as turn:
        yield turn
        yield environment.timeout(compute)
    if work["transmit"]:
        with link.request() as turn:
            yield turn
            yield environment.timeout(work["transmit"])
    if work["delay"]:
        yield environment.timeout(work["delay"])
    with work["server"].request() as turn:
        yield turn
        yield environment.timeout(service)
    if work["delay"]:
        yield environment.timeout(work["delay"])
    completions[number] = environment.now


def main():
    lines = [list(map(int, line.split())) for line in open(sys.argv[1])]
    _, slots, transmit, delay, count = lines[0]
    work = {"transmit": transmit, "delay": delay}
    clients = {}
    for number, (name, issued, compute, service) in enumerate(lines[1:]):
        clients.setdefault(name, []).append((number, issued, compute, service))
    completions = [0] * count
    start = time.perf_counter()
    environment = simpy.Environment()
    work["server"] = simpy.Resource(environment, slots)
    for requests in clients.values():
        environment.process(client(environment, work, requests, completions))
    environment.run()
    print(time.perf_counter() - start, file=sys.stderr)
    if "CHECK" in os.environ:
        print("\n".join(map(str, completions)))


main()
