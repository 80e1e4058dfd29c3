"""Renders a reference as Markdown (`markdown.py`), as HTML (`page.py`) and as a catalog entity (`catalog.py`)."""
