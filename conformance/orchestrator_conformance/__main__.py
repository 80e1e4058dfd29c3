"""The `orchestrator-conformance` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. If the extra `conformance` is not installed, print how to install it and exit with 3."""
    try:
        from .commands.cli import run
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("orchestrator_conformance"):
            raise
        print(
            f"orchestrator-conformance needs {missing.name}, which is not installed: "
            "pip install 'orchestrator-v2[conformance]'",
            file=sys.stderr,
        )
        sys.exit(3)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
