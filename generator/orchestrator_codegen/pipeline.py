"""The pipeline on one screen: a document in, the files that it gives and what there is to say about it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .api.error_shape import find_error_shape
from .api.ir import Api, ErrorShape
from .api.operation_ids import name_operations
from .api.parse import parse
from .docs.build import build_reference
from .docs.emit import emit_docs
from .docs.ownership import read_ownership
from .docs.samples.model_kinds import name_kinds
from .document.bundling.bundle import bundle
from .document.diagnostics import BrokenDocument, Diagnostic, Location, error
from .document.load import Document, load
from .emit.formatting import format_python
from .emit.package import emit_package, emit_starter
from .emit.package_imports import drop_unreached
from .emit.package_parts import Parts
from .emit.starter import Starter
from .emit.template_set import OURS, TemplateSet
from .lint.examine import examine, examine_broken
from .lint.finding import Finding
from .lint.rule_table import LEFT_OUT, SLIP, SLOW_PATTERN, UNFIT_ERROR, UNNAMED, Verbatim
from .validation.patterns import find_slow_patterns
from .validation.repair import drop_defaults, mend
from .validation.validate import validate

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
    said: tuple[tuple[Verbatim, Diagnostic], ...]

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """Return what there is to say, in the order of the stages."""
        return tuple(diagnostic for _, diagnostic in self.said)


def generate_package(
    spec: Path, *, parts: Parts = Parts.SERVER, templates: TemplateSet = OURS, allow_remote: bool = False
) -> Package:
    """Generate the package of the document at `spec`; raise `BrokenDocument`. Nothing is written.

    What it refers to is read from below its folder, and fetched from elsewhere where `allow_remote` says so.
    """
    with _refusing_depth(spec):
        read = _read(spec, allow_remote=allow_remote)
        files = _emit_package(read, spec, parts, templates)
    return Package(_finish(files), read.warnings)


def generate_output(
    spec: Path,
    package: str,
    *,
    with_docs: bool = True,
    parts: Parts = Parts.SERVER,
    templates: TemplateSet = OURS,
    allow_remote: bool = False,
) -> Output:
    """Generate what the document at `spec` gives, with `package` as the name to import; raise `BrokenDocument`."""
    with _refusing_depth(spec):
        read = _read(spec, allow_remote=allow_remote)
        files = _emit_package(read, spec, parts, templates)
        if not with_docs:
            return Output(_finish(files), {}, read.warnings)
        ownership, unowned = read_ownership(read.document)
        client = None if parts is Parts.MODELS else package
        reference = build_reference(read.mended, read.api, name_kinds(files["models.py"]), client)
        docs = emit_docs(reference, ownership, read.document, spec.name, templates)
    return Output(_finish(files), docs, (*read.warnings, *unowned))


def generate_starter(
    spec: Path, package: str, module: str, *, templates: TemplateSet = OURS, allow_remote: bool = False
) -> tuple[Starter, tuple[Diagnostic, ...]]:
    """Return what `module` starts as, which implements the stubs of `package`, and warnings; raise `BrokenDocument`."""
    with _refusing_depth(spec):
        read = _read(spec, allow_remote=allow_remote)
        starter = emit_starter(read.api, read.error_shape, package, module, templates=templates)
    name = f"{module}.py"
    return replace(starter, text=format_python({name: starter.text})[name]), read.warnings


def compare_documents(
    old: Path, new: Path, *, allow_remote: bool = False
) -> tuple[Comparison, tuple[Diagnostic, ...]]:
    """Return what changed from `old` to `new`, and warnings; raise `BrokenDocument` with the problems of both."""
    # Here and not above: no other command needs it.
    from .changes.compare import compare

    documents: list[Document] = []
    warnings: list[Diagnostic] = []
    problems: list[Diagnostic] = []
    for spec in (old, new):
        try:
            with _refusing_depth(spec):
                document, mended = _validate(bundle(load(spec), allow_remote=allow_remote))
        except BrokenDocument as broken:
            problems += broken.diagnostics
        else:
            documents.append(document)
            warnings += mended
    if problems:
        raise BrokenDocument(problems)
    with _refusing_depth(new):
        return compare(documents[0], documents[1]), tuple(warnings)


def lint_document(spec: Path, *, allow_remote: bool = False) -> tuple[Finding, ...]:
    """Return what in the document at `spec` hurts its users, in document order, or what it is broken by."""
    try:
        with _refusing_depth(spec):
            read = _read(spec, allow_remote=allow_remote)
            return examine(read.mended, read.said)
    except BrokenDocument as broken:
        return examine_broken(broken.diagnostics)


def _read(spec: Path, *, allow_remote: bool) -> _Contract:
    document = bundle(load(spec), allow_remote=allow_remote)
    mended_document, mended = _validate(document)
    named_document, named = name_operations(mended_document)
    api, left_out = parse(named_document)
    error_shape, unlike = find_error_shape(api)
    said = [(SLIP, each) for each in mended]
    said += [(SLOW_PATTERN, each) for each in find_slow_patterns(mended_document)]
    said += [(UNNAMED, each) for each in named]
    said += [(LEFT_OUT, each) for each in left_out]
    said += [(UNFIT_ERROR, each) for each in unlike]
    return _Contract(document, named_document, api, error_shape, tuple(said))


def _validate(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `document` mended, and a warning for each slip; raise `BrokenDocument` where it is not valid then."""
    mended, said = mend(document)
    whole, dropped = drop_defaults(mended, validate(mended))
    return whole, (*said, *dropped)


def _emit_package(read: _Contract, spec: Path, parts: Parts, templates: TemplateSet) -> dict[str, str]:
    return emit_package(
        read.api, read.error_shape, read.document, spec.name, parts=parts, templates=templates
    )


def _finish(files: Mapping[str, str]) -> dict[str, str]:
    return drop_unreached(format_python(files))


@contextmanager
def _refusing_depth(spec: Path) -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise BrokenDocument(
            [error("nested too deeply; name the inner parts", Location(str(spec)))]
        ) from None
