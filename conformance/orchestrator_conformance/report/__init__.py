"""What a run leaves behind: a summary for people, `report.json` for programs, JUnit XML for CI.

`document.py` puts a run and its circumstances into one `Report`; each writer turns that into text. Nothing here has a
secret to keep: the runner has masked them.
"""
