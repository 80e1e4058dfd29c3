"""Writes the results of a run: a summary for people, `report.json` for programs, JUnit XML for CI, curl scripts.

`document.py` combines the findings and the options of a run in a `Report`. Each writer turns a `Report` into text. The
runner has redacted all secrets before.
"""
