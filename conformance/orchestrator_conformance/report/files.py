"""Writes the report's files, each whole or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from .document import Report
from .json_report import write_json
from .junit import write_junit

JSON_NAME: Final = "report.json"
JUNIT_NAME: Final = "junit.xml"


def write_files(report: Report, folder: Path) -> tuple[Path, ...]:
    """Write `report.json` and `junit.xml` into `folder`, which is made where it is missing; raise `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / JSON_NAME: write_json(report), folder / JUNIT_NAME: write_junit(report)}
    for path, text in texts.items():
        write_whole(path, text)
    return tuple(texts)


def write_whole(path: Path, text: str) -> None:
    """Write a file anew, whole or not at all; raise `OSError`."""
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
        # The temporary file is for its owner alone; a report is for whoever may read the folder.
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise
