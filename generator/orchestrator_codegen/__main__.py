"""The `orchestrator-codegen` command."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line. Exit with 3 if a dependency of the extra `codegen` is not installed."""
    try:
        # Commands import expensive dependencies on demand, so `run` is inside the `try` as well.
        from .cli import run

        status = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader closed the pipe, as `head` does. Redirect stdout so that the flush at exit does not fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(3)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("orchestrator_codegen"):
            raise
        print(
            f"orchestrator-codegen needs {missing.name}, which is not installed: "
            "pip install 'orchestrator-v2[codegen]'",
            file=sys.stderr,
        )
        sys.exit(3)
    sys.exit(status)


if __name__ == "__main__":
    main()
