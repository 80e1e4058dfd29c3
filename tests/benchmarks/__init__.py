"""Compares the generator and its output with peers: `make benchmark`, or `python -m tests.benchmarks [SUBJECT ...]`.

A subject runs its contenders in turn for several rounds, ours first, so that a busy machine slows down all of them.
Times are CPU times. The benchmarks assert nothing: people read the figures.
"""
