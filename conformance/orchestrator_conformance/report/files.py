"""Writes the report's files, each whole or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from .document import Report
from .json_report import write_json
from .junit import write_junit
from .script import name_script, write_script

JSON_NAME: Final = "report.json"
JUNIT_NAME: Final = "junit.xml"
SCRIPTS: Final = "findings"


def write_files(report: Report, folder: Path) -> tuple[Path, ...]:
    """Write `report.json`, `junit.xml` and a script for each finding into `folder`; raise `OSError`.

    The folder is made where it is missing, and the scripts of an earlier run go. Returns the paths to name to people.
    """
    scripts = folder / SCRIPTS
    folder.mkdir(parents=True, exist_ok=True)
    for path in scripts.glob("ORC-*.sh"):
        path.unlink()
    texts = {folder / JSON_NAME: write_json(report), folder / JUNIT_NAME: write_junit(report)}
    for path, text in texts.items():
        write_whole(path, text)
    if not report.causes:
        return tuple(texts)
    scripts.mkdir(exist_ok=True)
    for finding in report.causes:
        write_whole(scripts / name_script(finding), write_script(report, finding), 0o755)
    return (*texts, scripts)


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file anew, whole or not at all; raise `OSError`."""
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
        # The temporary file is for its owner alone; a report is for whoever may read the folder.
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise
