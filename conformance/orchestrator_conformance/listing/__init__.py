"""The output of `orchestrator-conformance list`, for people and for programs.

`catalogue.py` collects requirements and ambiguities into a `Catalogue`, and each writer turns it into text that ends
with a newline: `text.py` for a terminal, `markdown.py` for `REQUIREMENTS.md`, and `details.py` for one requirement.
"""
