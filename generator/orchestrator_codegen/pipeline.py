"""The pipeline on one screen: a document in, the files of a package and what there is to say about it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .diagnostics import BrokenDocument, Diagnostic, Location, error
from .emit.package import emit_package
from .error_shape import find_error_shape
from .format import format_python
from .load import load
from .mend import mend_defaults
from .parse import parse
from .validate import validate


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package: the text of each file by its name, and the warnings that go with it."""

    files: Mapping[str, str]
    warnings: tuple[Diagnostic, ...]


def generate_package(spec: Path) -> Package:
    """Generate the package of the document at `spec`; raise `BrokenDocument`. Nothing is written."""
    try:
        document = load(spec)
        mended_document, mended = mend_defaults(document)
        validate(mended_document)
        api, left_out = parse(mended_document)
        error_shape, unlike = find_error_shape(api)
        files = emit_package(api, error_shape, document, spec.name)
    except RecursionError:
        raise BrokenDocument(
            [error("nested too deeply; name the inner parts", Location(str(spec)))]
        ) from None
    return Package(format_python(files), (*mended, *left_out, *unlike))
