"""Writes the files of a report. Each is written completely or not at all."""

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

    Creates the folder if needed, and deletes the scripts of an earlier run. Returns the paths to show to the user.
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
    """Write or replace a file, completely or not at all; raise `OSError`."""
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
        # Only the owner may read a temporary file; everyone who may read the folder may read a report.
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise
