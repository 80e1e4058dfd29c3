"""The servers of the benchmarks, each in a separate process."""
