"""Checks of workflow overviews.

`overviews.py`, `searches.py` and `pages.py` check their lists, `definitions.py` the source, the input schema and the
ping, and `last_runs.py` what they show of the runs. `agreement.py` compares the `views` of one workflow with each
other, and `names_and_versions.py` with its source and its runs.
"""
