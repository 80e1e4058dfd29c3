"""The commands of `orchestrator-codegen`, one module each: what it is called with, and what it does.

Each module has `add_to(commands)`, which adds its parsers, each with its function as the default of `run`. That
function takes the parsed options, prints, and returns an exit code; it may raise `BrokenDocument`.
"""
