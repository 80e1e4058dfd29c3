"""Checks the output of each generator for third-party documents: imports, type checkers, a linter and a probe."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..corpus import documents, judging, probing
from ..measuring import peers
from ..measuring.turns import Effort, Table

SUBJECT: Final = "corpus"
_FOLDER: Final = peers.ROOT / "build" / "benchmarks" / "corpus"
_GENERATORS: Final[dict[str, Callable[[Path, str], peers.Command]]] = {
    "ours": peers.command_ours,
    "datamodel-code-generator, client": peers.command_datamodel_client,
    "datamodel-code-generator, server": peers.command_datamodel_server,
    "openapi-python-client": peers.command_openapi_python_client,
}
# Findings that a generator does not cause itself.
_REMARKS: Final = {
    "openapi-python-client": (
        "12 findings of the type checkers in each package are made by ruff 0.17.6, which it runs with --fix on its "
        "output with the default rules; none of them is there without ruff, or with the rules E4, E7, E9 and F"
    ),
}
_COLUMNS: Final = ("generates", "imports", "mypy --strict", "pyright", "ruff", "probe", "to the letter")


@dataclass(frozen=True, slots=True)
class GeneratedPackage:
    """The result of a generator for one document.

    `failure` is the reason if it generated nothing, and `problem` if the package cannot be imported.
    """

    spec: Path
    package: str
    failure: str | None
    problem: str | None


def measure(effort: Effort) -> Iterator[Table]:
    """Yield a table for each generator with a row for each document."""
    specs = [peers.SPEC, *documents.find(effort)]
    peers.empty(_FOLDER)
    for generator, command in _GENERATORS.items():
        folder = _FOLDER / re.sub(r"\W+", "_", generator)
        folder.mkdir()
        made = [_generate(folder, spec, command) for spec in specs]
        names = [each.package for each in made if each.failure is None]
        found = (
            judging.run_mypy(folder, names),
            judging.run_pyright(folder, names),
            judging.run_ruff(folder, names),
        )
        probed = {
            each.spec: probing.probe(generator, folder / each.package, each.spec, effort)
            for each in made
            if not each.failure
        }
        rows = {each.spec.name: _fill_row(each, found, probed.get(each.spec, ())) for each in made}
        (folder / "findings.txt").write_text(
            "\n".join(line for finds in found for lines in finds.values() for line in lines) + "\n"
        )
        (folder / "probes.txt").write_text("".join(f"{line}\n" for line in _list_failures(probed)))
        notes = dict(_note_findings(made, found)) | dict(_note_probes(probed))
        if remark := _REMARKS.get(generator):
            notes["to be fair"] = remark
        yield Table(SUBJECT, generator, _COLUMNS, rows, notes)


def _generate(folder: Path, spec: Path, command: Callable[[Path, str], peers.Command]) -> GeneratedPackage:
    package = re.sub(r"\W", "_", spec.stem).lower()
    (folder / package).mkdir()
    done = subprocess.run(
        command(spec, package),
        cwd=folder,
        env=peers.make_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or not any((folder / package).rglob("*.py")):
        output = (done.stderr or done.stdout).strip()
        is_traceback = output.startswith("Traceback")
        reason = output.rpartition("\n")[2] if is_traceback else " ".join(output.split())
        return GeneratedPackage(spec, package, reason or "made nothing", None)
    return GeneratedPackage(spec, package, None, judging.import_all(folder, package))


def _fill_row(
    made: GeneratedPackage, found: tuple[dict[str, list[str]], ...], probed: Sequence[probing.Probed]
) -> tuple[str, ...]:
    if made.failure is not None:
        return ("no", *("-" for _ in _COLUMNS[1:]))
    imports = "yes" if made.problem is None else "no"
    counts = [str(len(finds[made.package])) for finds in found]
    return ("yes", imports, *counts, *map(str, probed))


def _list_failures(probed: Mapping[Path, tuple[probing.Probed, ...]]) -> Iterator[str]:
    for spec, columns in probed.items():
        for column, each in zip(("probe", "to the letter"), columns, strict=True):
            for operation, reason in each.failures.items():
                yield f"{spec.name}, {column}, {operation}: {reason}"


def _note_probes(probed: Mapping[Path, tuple[probing.Probed, ...]]) -> Iterator[tuple[str, str]]:
    for spec, (by_meaning, _) in probed.items():
        for operation, reason in by_meaning.failures.items():
            yield f"{spec.name}, {operation}", reason[:160]
    yield (
        "probe",
        "inputs and answers that the schemas name; a number may come back as one that a float holds alike",
    )
    yield "to the letter", "and properties that the schemas do not name; 1 is not 1.0"


def _note_findings(
    made: list[GeneratedPackage], found: tuple[dict[str, list[str]], ...]
) -> Iterator[tuple[str, str]]:
    for each in made:
        if reason := each.failure or each.problem:
            yield each.spec.name, reason[:160]
        for checker, finds in zip(("mypy", "pyright", "ruff"), found, strict=True):
            if lines := finds.get(each.package):
                yield f"{each.spec.name}, {checker}", judging.summarize(lines)
    yield "options", "each generator's own defaults"
    yield "pyright", "basedpyright in pyright's own default mode, standard"
    yield "ruff", f"--select {judging.RULES}, lines of any length"
