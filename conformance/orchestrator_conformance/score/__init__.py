"""Measures the suite: which faults it catches, and which false alarms it raises.

Takes the variants of the reference backend in `mutants`, and returns a `Score`. `trials` plans the trials and runs
them, `rows` counts their results by kind of variant, and `render` writes the score. Read `score.py` first, then
`trials/trials.py` and `targets.py`.
"""
