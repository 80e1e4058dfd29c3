"""A probe for any document: the generated client calls the generated server with values drawn by Hypothesis.

Start with `exchange.py`. `drawing.py` and `inputs.py` draw values, and `requests.py` and `wire.py` check messages.
"""
