"""Variants of the reference backend, which show that the suite detects faults and raises no false alarms.

`handmade` has mutants, each of which breaks one requirement: a class that replaces one part of the reference backend,
marked with the requirement that it breaks. Its docstring says how. `automatic` generates mutants by single edits of the
code, and `conforming` has variants that differ only in what the contract leaves open. `masking` has base faults, which
can be added to any of them. `mutant.py` builds a mutant, and `trial.py` runs the suite on a variant.
"""
