"""The commands of `orchestrator-codegen`, one module for each command, and their options.

`add_to(commands)` of each module adds its parsers, with the function of the command as the default of `run`. That
function takes the parsed options, prints, and returns an exit code (`exit_codes.py`). It may raise `BrokenDocument`.
Options come from the command line (`option_arguments.py`) and `pyproject.toml` (`settings.py`), merged in `options.py`.
"""
