"""The size of the client: the lines of all modules that it imports."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ..measuring import peers
from ..measuring.turns import Effort, Result, Table, Target

SUBJECT: Final = "size"
_OURS: Final = peers.ROOT / "generated" / "orchestrator_v2"
_IGNORED: Final = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def measure(effort: Effort) -> Iterator[Result | Table]:
    """Count the lines of client and runtime, all of them and those with code. Then count all lines with the models."""
    peers.generate()
    closures = {
        "ours": find_closure(_OURS, "client"),
        "datamodel-code-generator": find_closure(peers.BUILT / "dcg_client", "client/__init__"),
        "openapi-python-client": {
            path.relative_to(peers.BUILT / "opc").as_posix(): path.read_text(encoding="utf-8")
            for path in sorted((peers.BUILT / "opc").rglob("*.py"))
        },
    }
    runtimes = {
        name: {file: text for file, text in files.items() if not file.startswith("models")}
        for name, files in closures.items()
    }
    limit = {"1,500 lines": [1500.0]}
    for what, count, files, limits in (
        ("client and runtime, lines", _count_lines, runtimes, limit),
        ("client and runtime, lines of code", _count_code, runtimes, limit),
        ("client, runtime and models, lines", _count_lines, closures, {}),
    ):
        figures = {name: [float(sum(map(count, texts.values())))] for name, texts in files.items()} | limits
        targets = tuple(Target(name, 1.0) for name in limits)
        notes = {f"{name}, modules": str(len(texts)) for name, texts in files.items()}
        yield Result(SUBJECT, what, "lines", figures, targets, notes)
    largest = sorted(runtimes["ours"].items(), key=lambda item: -_count_lines(item[1]))
    rows = {file: (str(_count_lines(text)), str(_count_code(text))) for file, text in largest}
    yield Table(SUBJECT, "ours, by module", ("lines", "of code"), rows)


def find_closure(package: Path, module: str) -> Mapping[str, str]:
    """Return the source of `module` and of all modules of `package` that it imports, by file name."""
    found: dict[str, str] = {}
    pending = [package / f"{module}.py"]
    while pending:
        path = pending.pop()
        if not path.is_relative_to(package) or not path.exists():
            continue
        name = path.relative_to(package).as_posix()
        if name in found:
            continue
        found[name] = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(found[name])):
            if isinstance(node, ast.ImportFrom):
                pending += _find_imported(package, path, node)
        if path.name != "__init__.py":
            pending.append(path.parent / "__init__.py")
    return found


def _find_imported(package: Path, path: Path, node: ast.ImportFrom) -> Iterator[Path]:
    folder = path.parent
    parts = (node.module or "").split(".") if node.module else []
    if node.level:
        for _ in range(node.level - 1):
            folder = folder.parent
    elif parts[:1] == [package.name]:
        folder, parts = package, parts[1:]
    else:
        return
    target = folder.joinpath(*parts)
    for each in (target, *(target / alias.name for alias in node.names)):
        yield each.with_suffix(".py")
        yield each / "__init__.py"


def _count_lines(text: str) -> int:
    return text.count("\n")


def _count_code(text: str) -> int:
    """Return the number of lines with code, not only comments or docstrings."""
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _IGNORED and token.string:
            held |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if ast.get_docstring(node, clean=False) is not None:
            held -= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return len(held)
