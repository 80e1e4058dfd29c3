"""Compares schemas: reads each as a `Shape`, and walks pairs of shapes.

`schemas.py` is the entry point.
"""
