"""Checks of pages and totals of lists of instances.

`pages.py` and `ordered_pages.py` check pages, `totals.py` checks `totalCount`, and `complete_lists.py` checks lists
without a page. Their functions apply to any list; `of_workflow.py` applies them to the list of one workflow's
instances.
"""
