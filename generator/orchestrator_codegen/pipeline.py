"""The pipeline on one screen: a document in, the files that it gives and what there is to say about it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .diagnostics import BrokenDocument, Diagnostic, Location, error
from .docs.build import build_reference
from .docs.emit import emit_docs
from .docs.kinds import name_kinds
from .docs.ownership import read_ownership
from .emit.package import emit_package, emit_starter
from .error_shape import find_error_shape
from .format import format_python
from .ir import Api, ErrorShape
from .load import Document, load
from .mend import mend_defaults
from .operation_ids import name_operations
from .parse import parse
from .starter import Starter
from .validate import validate

if TYPE_CHECKING:
    from .changes.change import Comparison


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package: the text of each file by its name, and the warnings that go with it."""

    files: Mapping[str, str]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """All that a document gives: the files of its package and those of its docs, and the warnings that go with them."""

    package: Mapping[str, str]
    docs: Mapping[str, str]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Contract:
    """A document that was read: as it was given, as it was mended, as the API that it describes, and more."""

    document: Document
    mended: Document
    api: Api
    error_shape: ErrorShape
    warnings: tuple[Diagnostic, ...]


def generate_package(spec: Path) -> Package:
    """Generate the package of the document at `spec`; raise `BrokenDocument`. Nothing is written."""
    with _refusing_depth(spec):
        read = _read(spec)
        files = emit_package(read.api, read.error_shape, read.document, spec.name)
    return Package(format_python(files), read.warnings)


def generate_output(spec: Path, package: str) -> Output:
    """Generate what the document at `spec` gives, with `package` as the name to import; raise `BrokenDocument`."""
    with _refusing_depth(spec):
        read = _read(spec)
        files = emit_package(read.api, read.error_shape, read.document, spec.name)
        ownership, unowned = read_ownership(read.document)
        reference = build_reference(read.mended, read.api, name_kinds(files["models.py"]), package)
        docs = emit_docs(reference, ownership, read.document, spec.name)
    return Output(format_python(files), docs, (*read.warnings, *unowned))


def generate_starter(spec: Path, package: str, module: str) -> tuple[Starter, tuple[Diagnostic, ...]]:
    """Return what `module` starts as, which implements the stubs of `package`, and warnings; raise `BrokenDocument`."""
    with _refusing_depth(spec):
        read = _read(spec)
        starter = emit_starter(read.api, read.error_shape, package, module)
    name = f"{module}.py"
    return replace(starter, text=format_python({name: starter.text})[name]), read.warnings


def compare_documents(old: Path, new: Path) -> tuple[Comparison, tuple[Diagnostic, ...]]:
    """Return what changed from `old` to `new`, and warnings; raise `BrokenDocument` with the problems of both."""
    # Here and not above: no other command needs it.
    from .changes.compare import compare

    documents: list[Document] = []
    warnings: list[Diagnostic] = []
    problems: list[Diagnostic] = []
    for spec in (old, new):
        try:
            with _refusing_depth(spec):
                document, mended = mend_defaults(load(spec))
                if not documents or documents[0].text != document.text:  # the same text is in the same order
                    validate(document)
        except BrokenDocument as broken:
            problems += broken.diagnostics
        else:
            documents.append(document)
            warnings += mended
    if problems:
        raise BrokenDocument(problems)
    with _refusing_depth(new):
        return compare(documents[0], documents[1]), tuple(warnings)


def _read(spec: Path) -> _Contract:
    document = load(spec)
    mended_document, mended = mend_defaults(document)
    validate(mended_document)
    named_document, named = name_operations(mended_document)
    api, left_out = parse(named_document)
    error_shape, unlike = find_error_shape(api)
    return _Contract(document, named_document, api, error_shape, (*mended, *named, *left_out, *unlike))


@contextmanager
def _refusing_depth(spec: Path) -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise BrokenDocument(
            [error("nested too deeply; name the inner parts", Location(str(spec)))]
        ) from None
