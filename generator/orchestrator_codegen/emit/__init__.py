"""Renders an `Api` as the files of a Python package, by file name. Writes nothing.

Read `package.py` first: it renders the templates, adds the runtime modules that the result imports, and puts a notice
on top of each file. `operations` computes the views that the templates of client and server render, `filters.py` the
view of the filter builder. `models` generates `models.py`. `template_set.py` finds templates, built-in or custom.
"""
