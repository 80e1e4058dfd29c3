"""What the generated code costs beside its peers: `make benchmark`, or `python -m tests.benchmarks [SUBJECT ...]`.

A subject measures several contenders in turn, ours first and the others after it, again and again, so that a busy
machine slows all of them. Only CPU time counts. Nothing here is asserted: the figures are for people to read.
"""
