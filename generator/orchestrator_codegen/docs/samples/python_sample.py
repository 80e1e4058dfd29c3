"""Writes a call as Python, with the generated client and the names that it really has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ...api.ir import Api, ListOf, Operation, Reference, Type
from ...api.python_names import is_importable, name_arguments, name_classes, name_methods
from ...emit.operations.credentials import has_several, name_credentials
from ...emit.operations.headers import name_header_classes
from .call import Call
from .credentials import Credential, credential_of
from .literals import write_literal
from .model_kinds import Kind

# A call that is longer stands in several lines.
_WIDTH: Final = 64

# A body that is longer is made first.
_SHORT: Final = 40


@dataclass(frozen=True, slots=True)
class Names:
    """What the generated package calls things: itself, methods and headers by operationId, and classes by schema.

    `kinds` says what the classes are, `lone` what the client makes of a lone token, by kind and name, and `tokens` what
    `Credentials` takes that of each security scheme as, where there are several.
    """

    package: str
    methods: Mapping[str, str]
    classes: Mapping[str, str]
    headers: Mapping[str, str]
    kinds: Mapping[str, Kind]
    lone: tuple[str, str]
    tokens: Mapping[str, str]


def read_names(api: Api, kinds: Mapping[str, Kind], package: str) -> Names:
    """Return the names that emit gives to the parts of `api`."""
    lone = next(map(credential_of, api.credentials), Credential("bearer"))
    return Names(
        package=package if is_importable(package) else _spell(package),
        methods=name_methods(each.id for each in api.operations),
        classes=name_classes(each.name for each in api.schemas),
        headers=name_header_classes(api),
        kinds=kinds,
        lone=(lone.kind, lone.name),
        tokens=name_credentials(api.credentials) if has_several(api.credentials) else {},
    )


def _spell(folder: str) -> str:
    return f"_{re.sub(r'[^A-Za-z0-9]+', '_', folder)}".replace("__", "_")


def write_python(operation: Operation, call: Call, names: Names) -> str:
    """Return a program that makes `call`, and prints what is answered where anything is."""
    body = ""
    if operation.body is not None and call.body is not None:
        body = _write_value(operation.body.content.type, call.body.value, names)
    path, by_keyword = _write_arguments(operation, call, names)
    stands_apart = len(body) > _SHORT or "\n" in body
    setup = f"body = {body}\n\n" if stands_apart else ""
    given = "body" if stands_apart else body
    asked = _write_call(
        f"client.{names.methods[operation.id]}", [*path, *([given] if given else []), *by_keyword]
    )
    answers = any(each.content is not None for each in operation.successes)
    shown = f"    answer = {asked}\n    print(answer)" if answers else f"    {asked}"
    opened = _write_opening(call.credentials, names)
    program = f"{setup}with {opened} as client:\n{shown}\n"
    return _write_imports(program, names.package) + program


def _write_imports(program: str, package: str) -> str:
    used = {node.id for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Name)}
    brings = [each for each in ("Client", "Credentials", "models") if each in used]
    brought = [
        *(["from pydantic import TypeAdapter"] if "TypeAdapter" in used else []),
        f"from {package} import {', '.join(brings)}",
    ]
    return "import os\n\n" + "\n".join(brought) + "\n\n"


def _write_arguments(operation: Operation, call: Call, names: Names) -> tuple[list[str], list[str]]:
    """Return the path arguments, and those by keyword; the body stands between them."""
    chosen = {(each.place, each.name): each.value for each in call.arguments}
    called = name_arguments((each.place, each.name) for each in operation.parameters)
    path, by_keyword = [], []
    for each in operation.parameters:
        if (each.place, each.name) not in chosen:
            continue
        written = _write_value(each.type, chosen[each.place, each.name], names)
        if each.place == "path":
            path.append(written)
        else:
            by_keyword.append(f"{called[each.place, each.name]}={written}")
    return path, by_keyword


def _write_value(type_: Type, value: Any, names: Names) -> str:
    """Return an expression of the type that the client's method takes."""
    match type_:
        case Reference(schema):
            model = f"models.{names.classes[schema]}"
            match names.kinds.get(names.classes[schema]):
                case "model":
                    return _write_making(f"{model}.model_validate", value)
                case "enum":
                    return _write_making(model, value)
                case None:
                    return _write_making(f"TypeAdapter({model}).validate_python", value)
        case ListOf(items) if isinstance(value, list):
            return "[" + ", ".join(_write_value(items, each, names) for each in value) + "]"
        case _:
            return write_literal(value)


def _write_making(function: str, value: Any) -> str:
    flat = write_literal(value)
    return (
        f"{function}({flat})" if "\n" not in flat else f"{function}(\n    {write_literal(value, '    ')}\n)"
    )


def _write_call(function: str, arguments: list[str]) -> str:
    flat = f"{function}({', '.join(arguments)})"
    if len(flat) <= _WIDTH:
        return flat
    return f"{function}(\n" + "".join(f"        {each},\n" for each in arguments) + "    )"


def _write_opening(credentials: Iterable[Credential], names: Names) -> str:
    base = 'os.environ["BASE_URL"]'
    shown = _write_auth([*credentials], names)
    if not shown:
        return f"Client({base})"
    flat = f"Client({base}, {shown})"
    return flat if len(flat) <= _WIDTH else f"Client(\n    {base},\n    {shown},\n)"


def _write_auth(credentials: list[Credential], names: Names) -> str:
    """Return the argument that gives the client `credentials`, "" where there are none."""
    given = {each.scheme: _write_token(each) for each in credentials if each.scheme in names.tokens}
    if not credentials or (names.tokens and not given):
        return ""
    is_lone = not names.tokens or [(each.kind, each.name) for each in credentials] == [names.lone]
    if is_lone:
        return f"auth={_write_token(credentials[0])}"
    arguments = [f"{names.tokens[scheme]}={token}" for scheme, token in given.items()]
    flat = f"auth=Credentials({', '.join(arguments)})"
    if len(flat) <= _WIDTH:
        return flat
    return "auth=Credentials(\n" + "".join(f"        {each},\n" for each in arguments) + "    )"


def _write_token(credential: Credential) -> str:
    return ' + ":" + '.join(f'os.environ["{each}"]' for each in credential.variables)
