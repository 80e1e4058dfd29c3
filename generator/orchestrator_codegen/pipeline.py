"""The pipeline: reads a document, and returns its generated files and its diagnostics. Writes nothing."""

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
from .docs.samples.model_kinds import find_model_kinds
from .document.bundling.bundle import bundle
from .document.diagnostics import BrokenDocument, Diagnostic, Location, error
from .document.load import Document, load
from .emit.formatting import format_python
from .emit.package import emit_package, emit_starter
from .emit.package_imports import drop_unreachable
from .emit.package_parts import Parts
from .emit.starter import Starter
from .emit.template_set import BUILT_IN, TemplateSet
from .lint.examine import examine, examine_broken
from .lint.finding import Finding
from .lint.rule_table import OMITTED, REPAIRED, SLOW_PATTERN, UNFIT_ERROR, UNNAMED, DiagnosticKind
from .validation.patterns import find_slow_patterns
from .validation.repair import drop_defaults, repair_document
from .validation.validate import validate

if TYPE_CHECKING:
    from .changes.change import Comparison


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package: the text of each file by name, and the warnings about its document."""

    files: Mapping[str, str]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """Everything generated from a document: the files of the package, the files of the docs, and the warnings."""

    package: Mapping[str, str]
    docs: Mapping[str, str]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Contract:
    """A parsed document: as loaded, as repaired, and as an `Api`, with its warnings and their lint rules."""

    document: Document
    repaired: Document
    api: Api
    error_shape: ErrorShape
    rule_warnings: tuple[tuple[DiagnosticKind, Diagnostic], ...]

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """Return the warnings, in the order of the stages."""
        return tuple(diagnostic for _, diagnostic in self.rule_warnings)


def generate_package(
    spec: Path, *, parts: Parts = Parts.SERVER, templates: TemplateSet = BUILT_IN, allow_remote: bool = False
) -> Package:
    """Generate the package for the document at `spec`. Raise `BrokenDocument` if the document has errors.

    The document may refer to files in its folder or below, and to URLs if `allow_remote` is true.
    """
    with _reporting_recursion(spec):
        read = _read(spec, allow_remote=allow_remote)
        files = _emit_package(read, spec, parts, templates)
    return Package(_finish(files), read.warnings)


def generate_output(
    spec: Path,
    package: str,
    *,
    with_docs: bool = True,
    parts: Parts = Parts.SERVER,
    templates: TemplateSet = BUILT_IN,
    allow_remote: bool = False,
) -> Output:
    """Generate the package and the docs for the document at `spec`. Raise `BrokenDocument` if the document has errors.

    `package` is the import name of the generated package.
    """
    with _reporting_recursion(spec):
        read = _read(spec, allow_remote=allow_remote)
        files = _emit_package(read, spec, parts, templates)
        if not with_docs:
            return Output(_finish(files), {}, read.warnings)
        ownership, unowned = read_ownership(read.document)
        client = None if parts is Parts.MODELS else package
        reference = build_reference(read.repaired, read.api, find_model_kinds(files["models.py"]), client)
        docs = emit_docs(reference, ownership, read.document, spec.name, templates)
    return Output(_finish(files), docs, (*read.warnings, *unowned))


def generate_starter(
    spec: Path, package: str, module: str, *, templates: TemplateSet = BUILT_IN, allow_remote: bool = False
) -> tuple[Starter, tuple[Diagnostic, ...]]:
    """Return a starter `module` that implements the server stubs of `package`, and warnings. Raise `BrokenDocument`."""
    with _reporting_recursion(spec):
        read = _read(spec, allow_remote=allow_remote)
        starter = emit_starter(read.api, read.error_shape, package, module, templates=templates)
    name = f"{module}.py"
    return replace(starter, text=format_python({name: starter.text})[name]), read.warnings


def compare_documents(
    old: Path, new: Path, *, allow_remote: bool = False
) -> tuple[Comparison, tuple[Diagnostic, ...]]:
    """Return the changes from `old` to `new`, and warnings. Raise `BrokenDocument` with the errors of both."""
    # Imported here because no other command needs it.
    from .changes.compare import compare

    documents: list[Document] = []
    warnings: list[Diagnostic] = []
    problems: list[Diagnostic] = []
    for spec in (old, new):
        try:
            with _reporting_recursion(spec):
                document, repairs = _validate(bundle(load(spec), allow_remote=allow_remote))
        except BrokenDocument as broken:
            problems += broken.diagnostics
        else:
            documents.append(document)
            warnings += repairs
    if problems:
        raise BrokenDocument(problems)
    with _reporting_recursion(new):
        return compare(documents[0], documents[1]), tuple(warnings)


def lint_document(spec: Path, *, allow_remote: bool = False) -> tuple[Finding, ...]:
    """Return the lint findings for the document at `spec`, in document order, or its errors if it is invalid."""
    try:
        with _reporting_recursion(spec):
            read = _read(spec, allow_remote=allow_remote)
            return examine(read.repaired, read.rule_warnings)
    except BrokenDocument as broken:
        return examine_broken(broken.diagnostics)


def _read(spec: Path, *, allow_remote: bool) -> _Contract:
    document = bundle(load(spec), allow_remote=allow_remote)
    repaired, repairs = _validate(document)
    named, unnamed = name_operations(repaired)
    api, left_out = parse(named)
    error_shape, unlike = find_error_shape(api)
    rule_warnings = [(REPAIRED, each) for each in repairs]
    rule_warnings += [(SLOW_PATTERN, each) for each in find_slow_patterns(repaired)]
    rule_warnings += [(UNNAMED, each) for each in unnamed]
    rule_warnings += [(OMITTED, each) for each in left_out]
    rule_warnings += [(UNFIT_ERROR, each) for each in unlike]
    return _Contract(document, named, api, error_shape, tuple(rule_warnings))


def _validate(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return `document` repaired, and a warning for each repair. Raise `BrokenDocument` if it is still invalid."""
    repaired, repairs = repair_document(document)
    whole, dropped = drop_defaults(repaired, validate(repaired))
    return whole, (*repairs, *dropped)


def _emit_package(read: _Contract, spec: Path, parts: Parts, templates: TemplateSet) -> dict[str, str]:
    return emit_package(
        read.api, read.error_shape, read.document, spec.name, parts=parts, templates=templates
    )


def _finish(files: Mapping[str, str]) -> dict[str, str]:
    return drop_unreachable(format_python(files))


@contextmanager
def _reporting_recursion(spec: Path) -> Iterator[None]:
    """Raise `BrokenDocument` instead of `RecursionError`."""
    try:
        yield
    except RecursionError:
        raise BrokenDocument(
            [
                error(
                    "the document is nested too deeply; move inner schemas to components and refer to them",
                    Location(str(spec)),
                )
            ]
        ) from None
