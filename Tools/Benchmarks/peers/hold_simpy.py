"""The hold model in SimPy, with bare events: each one's callback makes the next one, without a process.

    hold_simpy.py FILE PENDING OPERATIONS

As peers/hold.hpp, but the checksum is worked out only with CHECK in the environment, since in Python it costs.
"""

import array
import os
import sys
import time

import simpy


def endless(increments):
    """A function that gives one increment after the other, counted round."""

    def turns():
        while True:
            yield from increments

    return turns().__next__


def main():
    path, pending, operations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    increments = array.array("q", open(path, "rb").read())
    environment = simpy.Environment()
    checksum = 0

    def add():
        nonlocal checksum
        checksum = (checksum * 6364136223846793005 + environment.now) & 0xFFFF_FFFF_FFFF_FFFF

    popped = add if "CHECK" in os.environ else int
    increment, timeout = endless(increments), environment.timeout

    def hold(_):
        popped()
        timeout(increment()).callbacks.append(hold)

    for _ in range(pending):
        timeout(increment()).callbacks.append(hold)
    for _ in range(operations // 10):
        environment.step()
    start = time.perf_counter()
    for _ in range(operations):
        environment.step()
    print(time.perf_counter() - start, file=sys.stderr)
    print(checksum)


main()
