"""The pipeline on one screen: a document in, the files of a package and what there is to say about it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from .bundle import bundle
from .diagnostics import BrokenDocument, Diagnostic, Location, error
from .emit.package import emit_package, emit_starter
from .error_shape import find_error_shape
from .format import format_python
from .ir import Api, ErrorShape
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
    """A document that was read: as it was given, as the API that it describes, and what there is to say about it."""

    document: Document
    api: Api
    error_shape: ErrorShape
    warnings: tuple[Diagnostic, ...]


def generate_package(spec: Path, *, allow_remote: bool = False) -> Package:
    """Generate the package of the document at `spec`; raise `BrokenDocument`. Nothing is written.

    What it refers to is read from below its folder, and fetched from elsewhere where `allow_remote` says so.
    """
    with _refusing_depth(spec):
        read = _read(spec, allow_remote=allow_remote)
        files = emit_package(read.api, read.error_shape, read.document, spec.name)
    return Package(format_python(files), read.warnings)


def generate_starter(
    spec: Path, package: str, module: str, *, allow_remote: bool = False
) -> tuple[Starter, tuple[Diagnostic, ...]]:
    """Return what `module` starts as, which implements the stubs of `package`, and warnings; raise `BrokenDocument`."""
    with _refusing_depth(spec):
        read = _read(spec, allow_remote=allow_remote)
        starter = emit_starter(read.api, read.error_shape, package, module)
    name = f"{module}.py"
    return replace(starter, text=format_python({name: starter.text})[name]), read.warnings


def _read(spec: Path, *, allow_remote: bool) -> _Contract:
    document = bundle(load(spec), allow_remote=allow_remote)
    mended_document, mended = mend_defaults(document)
    validate(mended_document)
    api, left_out = parse(mended_document)
    error_shape, unlike = find_error_shape(api)
    return _Contract(document, api, error_shape, (*mended, *left_out, *unlike))


@contextmanager
def _refusing_depth(spec: Path) -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise BrokenDocument(
            [error("nested too deeply; name the inner parts", Location(str(spec)))]
        ) from None
