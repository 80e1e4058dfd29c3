"""The pipeline on one screen: a document in, the files of a package and what there is to say about it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from .diagnostics import BrokenDocument, Diagnostic, Location, error
from .emit.package import emit_package, emit_starter
from .error_shape import find_error_shape
from .format import format_python
from .ir import Api, ErrorShape
from .lint.examine import examine, examine_broken
from .lint.finding import Finding
from .lint.table import LEFT_OUT, UNFIT_ERROR, WRONG_DEFAULT, Verbatim
from .load import Document, load
from .mend import mend_defaults
from .parse import parse
from .starter import Starter
from .validate import validate


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package: the text of each file by its name, and the warnings that go with it."""

    files: Mapping[str, str]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Contract:
    """A document that was read: as given, mended, as the API that it describes, and what there is to say about it."""

    document: Document
    mended: Document
    api: Api
    error_shape: ErrorShape
    said: tuple[tuple[Verbatim, Diagnostic], ...]

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """Return what there is to say, in the order of the stages."""
        return tuple(diagnostic for _, diagnostic in self.said)


def generate_package(spec: Path) -> Package:
    """Generate the package of the document at `spec`; raise `BrokenDocument`. Nothing is written."""
    with _refusing_depth(spec):
        read = _read(spec)
        files = emit_package(read.api, read.error_shape, read.document, spec.name)
    return Package(format_python(files), read.warnings)


def generate_starter(spec: Path, package: str, module: str) -> tuple[Starter, tuple[Diagnostic, ...]]:
    """Return what `module` starts as, which implements the stubs of `package`, and warnings; raise `BrokenDocument`."""
    with _refusing_depth(spec):
        read = _read(spec)
        starter = emit_starter(read.api, read.error_shape, package, module)
    name = f"{module}.py"
    return replace(starter, text=format_python({name: starter.text})[name]), read.warnings


def lint_document(spec: Path) -> tuple[Finding, ...]:
    """Return what in the document at `spec` hurts its users, in document order, or what it is broken by."""
    try:
        with _refusing_depth(spec):
            read = _read(spec)
            return examine(read.mended, read.said)
    except BrokenDocument as broken:
        return examine_broken(broken.diagnostics)


def _read(spec: Path) -> _Contract:
    document = load(spec)
    mended_document, mended = mend_defaults(document)
    validate(mended_document)
    api, left_out = parse(mended_document)
    error_shape, unlike = find_error_shape(api)
    said = [(WRONG_DEFAULT, each) for each in mended]
    said += [(LEFT_OUT, each) for each in left_out]
    said += [(UNFIT_ERROR, each) for each in unlike]
    return _Contract(document, mended_document, api, error_shape, tuple(said))


@contextmanager
def _refusing_depth(spec: Path) -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise BrokenDocument(
            [error("nested too deeply; name the inner parts", Location(str(spec)))]
        ) from None
