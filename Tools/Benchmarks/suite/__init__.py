"""The parts of Tools/Benchmarks/run."""
