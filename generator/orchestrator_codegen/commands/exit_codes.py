"""The exit codes of `orchestrator-codegen`."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
DRIFT: Final = 1
BREAKS: Final = 1
FOUND: Final = 1
BROKEN: Final = 2
FAILED: Final = 3

EPILOG: Final = """\
exit codes:
  0  generated, or nothing to do; diff: no breaking change; lint: no errors and warnings
  1  check: the folder differs from what would be generated;
     stubs --check: the file does not exist, a handler is missing, or matches no operation;
     diff: a change breaks clients or servers, or the party of --breaking;
     lint: there is a warning
  2  a document, a template, pyproject.toml or the command line is invalid; no file was changed
  3  a file could not be read or written, or an extra is not installed
"""
