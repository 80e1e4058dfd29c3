"""Chooses Python names for the names in a document. They are valid, unique, and the same in every run."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from .ir import Place

# The argument name of each parameter of an operation, by the place and the name of the parameter.
Arguments = Mapping[tuple[Place, str], str]

TAKEN_METHODS: Final = frozenset({"close", "aclose", "with_raw_response"})

# The arguments that every method has in addition to the parameters of its operation.
_TAKEN_ARGUMENTS: Final = frozenset({"self", "body", "timeout", "page_size", "until"})

# Names that `models.py` may import, and the capitalized keywords of Python.
TAKEN_CLASSES: Final = frozenset(
    {"None", "True", "False"}
    | {
        "Model",
        "Open",
        "UnknownValue",
        "Annotated",
        "Any",
        "ConfigDict",
        "Enum",
        "Field",
        "IntEnum",
        "Literal",
        "FilterOperators",
        "OneOfModels",
        "RootModel",
        "StrEnum",
    }
    | {"TypeAlias", "TypeAliasType", "Union"}
    | {"AnyUrl", "AwareDatetime", "Base64Str", "Decimal", "EmailStr", "NaiveDatetime", "Path", "SecretStr"}
    | {"IPv4Address", "IPv4Network", "IPv6Address", "IPv6Network"}
    | {"UUID", "UUID1", "UUID2", "UUID3", "UUID4", "UUID5"}
)


# The words that replace characters which a class name cannot contain.
SIGNS: Final = {
    "-": "Hyphen",
    "_": "Underscore",
    ".": "Dot",
    " ": "Space",
    "/": "Slash",
    "$": "Dollar",
    ":": "Colon",
}


def is_importable(package: str) -> bool:
    """Return whether `package`, a dotted name, can be imported."""
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in package.split("."))


def snake_case(name: str) -> str:
    """Return `name` in snake_case: `getHTTPServerById` gives `get_http_server_by_id`."""
    words = re.sub(r"([A-Z]+)([A-Z][a-z])|([a-z0-9])([A-Z])", r"\1\3_\2\4", _keep_letters(name))
    # Casefolded, so that no two results are equal in uppercase, which constants use.
    return re.sub(r"\W+|_+", "_", _keep_letters(words.casefold())).strip("_")


def name_class(name: str) -> str:
    """Return `name` as a class name. A valid class name is not changed."""
    name = _keep_letters(name)
    words = re.split(r"\W+|_+", name) if not name.isidentifier() or "_" in name else [name]
    joined = _keep_letters("".join(word[:1].upper() + word[1:] for word in words if word))
    return joined if joined.isidentifier() else f"Schema{joined}"


def _keep_letters(name: str) -> str:
    """Return `name` in the form that Python uses for identifiers (NFKC), with spaces for invalid characters."""
    plain = unicodedata.normalize("NFKC", name)
    return plain if plain.isascii() else "".join(each if f"a{each}".isidentifier() else " " for each in plain)


def name_argument(name: str) -> str:
    """Return `name` as the name of a function argument."""
    snake = snake_case(name)
    if not snake.isidentifier():
        snake = f"value_{snake}".rstrip("_")
    clashes = (
        keyword.iskeyword(snake)
        or snake in ("self", "body")
        or snake in vars(builtins).keys() - {"id", "format", "filter"}
    )
    return f"{snake}_" if clashes else snake


def name_methods(operation_ids: Iterable[str]) -> dict[str, str]:
    """Return a method name for each operationId. A trailing underscore is added to avoid a collision."""
    ids = list(operation_ids)
    return dict(zip(ids, _assign(ids, name_argument, TAKEN_METHODS, _add_underscore), strict=True))


def name_classes(schemas: Iterable[str]) -> dict[str, str]:
    """Return a class name for each schema. If two collide, the second one describes its spelling, as in `PetLower`."""
    names = list(schemas)
    return dict(zip(names, _assign(names, name_class, TAKEN_CLASSES, _add_spelling), strict=True))


def name_members(values: Iterable[str]) -> dict[str, str]:
    """Return a member name for each value of an enum."""
    names = list(values)
    chosen = _assign(names, lambda each: name_argument(each).upper(), frozenset({"MRO"}), _add_underscore)
    return dict(zip(names, chosen, strict=True))


def name_protocols(tags: Iterable[str]) -> dict[str, str]:
    """Return the name of the handler protocol for each tag. The tag "" is for operations without tags."""
    names = list(tags)
    chosen = _assign([tag or "untagged" for tag in names], name_class, frozenset(), _add_spelling)
    return {tag: f"{name}Handlers" for tag, name in zip(names, chosen, strict=True)}


def name_arguments(parameters: Iterable[tuple[Place, str]]) -> Arguments:
    """Return an argument name for each parameter of an operation. A trailing underscore avoids a collision."""
    keys = list(parameters)
    names = _assign([name for _, name in keys], name_argument, _TAKEN_ARGUMENTS, _add_underscore)
    return dict(zip(keys, names, strict=True))


def name_properties(properties: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Return an argument name for each property, by its name on the wire. None of them is in `taken`."""
    names = list(properties)
    return dict(
        zip(names, _assign(names, name_argument, _TAKEN_ARGUMENTS | {*taken}, _add_underscore), strict=True)
    )


def _assign(
    names: Sequence[str],
    rename: Callable[[str], str],
    taken: frozenset[str],
    give_way: Callable[[str, str, int], str],
) -> list[str]:
    """Return a unique name for each of `names`. A name that needs no change has precedence, in any order."""
    chosen = [""] * len(names)
    used = set(taken)
    for index in sorted(range(len(names)), key=lambda each: rename(names[each]) != names[each]):
        candidate, times = rename(names[index]), 1
        while candidate in used:
            times += 1
            candidate = give_way(names[index], rename(names[index]), times)
        used.add(candidate)
        chosen[index] = candidate
    return chosen


def _add_underscore(original: str, name: str, times: int) -> str:
    return name + "_" * (times - 1)


def _add_spelling(original: str, name: str, times: int) -> str:
    """Return `name` with a description of how `original` is spelled: `foo-bar` gives `FooBarHyphen`."""
    signs = [word for sign, word in SIGNS.items() if sign in original]
    case = "Lower" if original.islower() else "Upper" if original.isupper() else ""
    return name + ("".join(signs) or case or "Schema") + "Other" * (times - 2)
