"""The subjects of the benchmarks, one module each."""
