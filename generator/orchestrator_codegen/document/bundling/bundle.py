"""Copies the parts of other files that a document refers to into it, so that later stages see one document.

A part of another file becomes a component of its kind. Its name is the last part of the reference, or the file name;
if that is taken, file and part; if that is taken too, the whole path. A path item is inserted where it is referred
to, because OpenAPI 3.0 has no components for path items.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from ..diagnostics import BrokenDocument, Diagnostic, error
from ..load import JSON, Document, Pointer
from ..openapi_grammar import SECTIONS, iter_parts
from ..references import is_reference, read_mapping, split_reference
from .names import list_names, write_pointer
from .sources import Refused, Sources

_MOST_VALUES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a document: the key of the document, the pointer in it, and the kind that the part must have."""

    key: str
    at: Pointer
    kind: str


def bundle(document: Document, *, allow_remote: bool) -> Document:
    """Return `document` with the parts of other files copied into it, or unchanged if it needs none.

    Raises `BrokenDocument`.
    """
    bundler = _Bundler(Sources(document, allow_remote))
    bundler.find_all()
    if bundler.problems:
        raise BrokenDocument(bundler.problems)
    return bundler.write() if bundler.targets else document


@dataclass(slots=True)
class _Bundler:
    sources: Sources
    problems: list[Diagnostic] = field(default_factory=list)
    # The target of each reference to another document, by the document and the pointer of the reference.
    targets: dict[tuple[str, Pointer], Target] = field(default_factory=dict)
    found: dict[Target, None] = field(default_factory=dict)
    names: dict[Target, str] = field(default_factory=dict)
    origins: dict[Pointer, tuple[Document, Pointer]] = field(default_factory=dict)
    copied: int = 0

    def find_all(self) -> None:
        """Follow every reference out of the main document, and the references of its targets."""
        main = self.sources.main_key
        waiting = [Target(main, (), "document")]
        while waiting:
            part = waiting.pop(0)
            node = _get(self.sources.documents[part.key].data, part.at)
            references = list(_iter_references(node, part.kind, part.at))
            for _, _, reference in references:
                self.sources.permit(part.key, reference)
            for at, kind, reference in references:
                if (part.key, at) in self.targets or (part.key == main and reference.startswith("#")):
                    continue
                target = self._find(part.key, at, kind, reference)
                if target is not None:
                    self.targets[part.key, at] = target
                    if target not in self.found and target.key != main:
                        self.found[target] = None
                        waiting.append(target)

    def _find(self, key: str, at: Pointer, kind: str, reference: str) -> Target | None:
        address, _, fragment = reference.partition("#")
        try:
            found = self.sources.find(key, address)
            if fragment and not fragment.startswith("/"):
                raise Refused("points to nothing: a / must follow the #")
            target = Target(found, split_reference(f"#{fragment}"), kind)
            _get(self.sources.documents[found].data, target.at)
        except Refused as problem:
            message = f"the $ref {reference!r} {problem}"
        except LookupError:
            message = f"the $ref {reference!r} points to nothing; correct it, or add its target"
        except BrokenDocument as broken:
            self.problems += [each for each in broken.diagnostics if each not in self.problems]
            return None
        else:
            return target
        self.problems.append(error(message, self.sources.documents[key].locate(at)))
        return None

    def write(self) -> Document:
        """Return the main document with all parts that were found."""
        main = self.sources.main
        self._name_all()
        data = self._copy(self.sources.main_key, (), "document", (), ())
        for target, name in self.names.items():
            section = SECTIONS[target.kind]
            here: Pointer = ("components", section, name)
            self.origins[here] = self.sources.documents[target.key], target.at
            part = self._copy(target.key, target.at, target.kind, here, ())
            data.setdefault("components", {}).setdefault(section, {})[name] = part
        text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
        return dataclasses.replace(main, text=text, data=data, origins=self.origins)

    def _name_all(self) -> None:
        components = self.sources.main.data.get("components") or {}
        folder = self.sources.folder
        for kind, section in SECTIONS.items():
            targets = [each for each in self.found if each.kind == kind and kind != "pathItem"]
            taken = set(components.get(section) or ())
            waiting = {each: list_names(each.key, each.at, folder) for each in targets}
            while waiting:
                shared = Counter(names[0] for names in waiting.values())
                for target, names in list(waiting.items()):
                    if shared[names[0]] == 1 and names[0] not in taken:
                        self.names[target] = names[0]
                        taken.add(names[0])
                        del waiting[target]
                    elif len(names) == 1:
                        raise BrokenDocument([self._refuse_name(target, names[0])])
                waiting = {target: names[1:] for target, names in waiting.items()}

    def _refuse_name(self, target: Target, name: str) -> Diagnostic:
        place = self.sources.documents[target.key].locate(target.at)
        return error(f"several parts would get the name {name!r}; rename one of them", place)

    def _copy(self, key: str, at: Pointer, kind: str, here: Pointer, open_: tuple[Target, ...]) -> Any:
        """Return the part at `at` of the document `key` with its references rewritten for its new pointer `here`."""
        document = self.sources.documents[key]
        node = _get(document.data, at)
        copy = self._copy_values(node)
        for place, part_kind, reference in _iter_references(node, kind, at):
            target = self.targets.get((key, place))
            if target is None:
                continue
            *above, last = place[len(at) :]
            holder = _get(copy, tuple(above))
            if part_kind != "pathItem":
                holder[last] = self._refer(target)
            elif target in open_:
                message = f"the $ref {reference!r} refers to itself; point it at a definition"
                raise BrokenDocument([error(message, document.locate(place))])
            else:
                below = (*here, *above)
                self.origins[below] = self.sources.documents[target.key], target.at
                item = self._copy(target.key, target.at, part_kind, below, (*open_, target))
                del holder[last]
                holder.update({**item, **holder} if isinstance(item, dict) else {})
        return copy

    def _refer(self, target: Target) -> str:
        if target in self.names:
            return write_pointer(("components", SECTIONS[target.kind], self.names[target]))
        return write_pointer(target.at)

    def _copy_values(self, node: JSON) -> JSON:
        self.copied += 1
        if self.copied > _MOST_VALUES:
            message = f"with the parts that it refers to, the document has more than {_MOST_VALUES:,} values; split it"
            raise BrokenDocument([error(message, self.sources.main.locate())])
        if isinstance(node, dict):
            return {key: self._copy_values(value) for key, value in node.items()}
        return [self._copy_values(item) for item in node] if isinstance(node, list) else node


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes shared values at each of their places, without aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _iter_references(node: JSON, kind: str, above: Pointer) -> Iterator[tuple[Pointer, str, str]]:
    """Yield the pointer, the expected kind and the text of each reference below `node`."""
    for at, part_kind, part in iter_parts(node, kind):
        reference = part.get("$ref")
        if part_kind in SECTIONS and isinstance(reference, str):
            yield (*above, *at, "$ref"), part_kind, reference
        if part_kind == "schema":
            for value, target in read_mapping(part).items():
                if is_reference(target):
                    yield (*above, *at, "discriminator", "mapping", value), "schema", target


def _get(data: JSON, at: Pointer) -> Any:
    for part in at:
        if isinstance(data, list):
            if not str(part).isascii() or not str(part).isdigit():
                raise LookupError(part)
            data = data[int(part)]
        elif isinstance(data, dict):
            data = data[part]
        else:
            raise LookupError(part)
    return data
