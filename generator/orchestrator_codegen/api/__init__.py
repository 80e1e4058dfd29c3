"""The API as data: the intermediate representation (`ir.py`), and the parser that builds it from a valid document.

`parse.py` is the entry point; `parse_context.py` is what the modules of the parser share. The IR contains no Python
source. `python_names.py` chooses the Python names for what the IR names.
"""
