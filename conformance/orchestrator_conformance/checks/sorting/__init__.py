"""Checks of the order of instances.

The functions in `orders.py` apply to any list; `of_workflow.py` applies them to the list of one workflow's instances.
"""
