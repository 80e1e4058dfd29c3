"""What can be asked of the generator, in layers: the command line wins over `pyproject.toml`, both over defaults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ..emit.package_parts import Parts

SPEC: Final = Path("spec/openapi.yaml")
OUTPUT: Final = Path("generated/orchestrator_v2")

NO_DOCS: Final = "no docs"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer says; None is what it says nothing about."""

    spec: Path | None = None
    output: Path | None = None
    package: str | None = None
    docs: Path | Literal["no docs"] | None = None
    parts: Parts | None = None
    templates: Path | None = None

    def over(self, lower: Layer) -> Layer:
        """Return what both say, this one where they differ."""
        return Layer(
            spec=self.spec or lower.spec,
            output=self.output or lower.output,
            package=self.package or lower.package,
            docs=self.docs or lower.docs,
            parts=self.parts or lower.parts,
            templates=self.templates or lower.templates,
        )


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked: the document, the folder of the package, the name to import it by, what else is made, and of what.

    `docs` is the folder of the docs, None where none are wanted; `templates` holds what replaces ours.
    """

    spec: Path
    output: Path
    package: str
    docs: Path | None
    parts: Parts
    templates: Path | None


def resolve_options(said: Layer) -> Options:
    """Return what is asked, where `said` says nothing by default: the package goes by the name of its folder."""
    output = said.output or OUTPUT
    return Options(
        spec=said.spec or SPEC,
        output=output,
        package=said.package or output.resolve().name,
        docs=None if said.docs == NO_DOCS else said.docs or _find_beside(output),
        parts=said.parts or Parts.SERVER,
        templates=said.templates,
    )


def _find_beside(package: Path) -> Path:
    return (package.resolve() if package.name in ("", "..") else package).parent / "docs"
