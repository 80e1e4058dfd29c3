"""The options of the generator, in layers: the command line wins over `pyproject.toml`, both win over defaults."""

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
    """The options that one layer sets. None means not set."""

    spec: Path | None = None
    output: Path | None = None
    package: str | None = None
    docs: Path | Literal["no docs"] | None = None
    parts: Parts | None = None
    templates: Path | None = None

    def over(self, lower: Layer) -> Layer:
        """Return the options of both layers; this one takes precedence."""
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
    """All options: the document, the folder and the import name of the package, the parts, and the templates.

    `docs` is the folder of the docs, or None for no docs. `templates` is the folder of custom templates.
    """

    spec: Path
    output: Path
    package: str
    docs: Path | None
    parts: Parts
    templates: Path | None


def resolve_options(said: Layer) -> Options:
    """Return the options of `said`, completed with defaults. The default package name is the name of its folder."""
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
