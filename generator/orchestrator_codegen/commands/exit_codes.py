"""What the command's exit codes mean."""

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
  0  generated, or nothing to do; diff: nothing breaks; lint: nothing found but notes
  1  check: the folder differs from what would be generated;
     stubs --check: the file is not there, lacks a handler, or has one that no operation has;
     diff: a change breaks clients or servers, or those that --breaking names;
     lint: there is a warning, while notes alone are 0
  2  a document, a template or pyproject.toml is broken or not there, or the command line is; what
     was there is as it was
  3  the package, the file or the output could not be read or written, or an extra is not installed
"""
