"""How the benchmark ends when something is missing or wrong."""

import sys


def fail(reason):
    sys.exit(f"benchmarks: {reason}")
