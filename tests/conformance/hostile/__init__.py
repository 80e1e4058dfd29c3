"""Targets that try to end, hang, mislead or attack the person who runs the suite.

`answers.py` changes the answers of the reference backend, `transport.py` breaks HTTP, and `catalogue.py` lists all
targets by name. `measuring.py` runs the suite against one of them in processes with limits.
"""
