"""Writes a call as a Python program that uses the generated client and its names."""

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
from .credentials import Credential, convert_credential
from .literals import write_literal
from .model_kinds import Kind

# Longer calls are split over several lines.
_WIDTH: Final = 64

# Longer bodies are assigned to a variable.
_SHORT: Final = 40


@dataclass(frozen=True, slots=True)
class Names:
    """The names in the generated package: methods and header classes by operationId, and model classes by schema.

    `kinds` has the kind of each class. `single_token` is the kind and the name of the credential that the client sends
    a single token as. `tokens` has the argument of `Credentials` for each security scheme, if tokens are sent in
    several ways.
    """

    package: str
    methods: Mapping[str, str]
    classes: Mapping[str, str]
    headers: Mapping[str, str]
    kinds: Mapping[str, Kind]
    single_token: tuple[str, str]
    tokens: Mapping[str, str]


def read_names(api: Api, kinds: Mapping[str, Kind], package: str) -> Names:
    """Return the names that `emit` chooses for `api`."""
    single_token = next(map(convert_credential, api.credentials), Credential("bearer"))
    return Names(
        package=package if is_importable(package) else _make_importable(package),
        methods=name_methods(each.id for each in api.operations),
        classes=name_classes(each.name for each in api.schemas),
        headers=name_header_classes(api),
        kinds=kinds,
        single_token=(single_token.kind, single_token.name),
        tokens=name_credentials(api.credentials) if has_several(api.credentials) else {},
    )


def _make_importable(folder: str) -> str:
    return f"_{re.sub(r'[^A-Za-z0-9]+', '_', folder)}".replace("__", "_")


def write_python(operation: Operation, call: Call, names: Names) -> str:
    """Return a program that makes `call`, and prints the answer if it has a body."""
    body = ""
    if operation.body is not None and call.body is not None:
        body = _write_value(operation.body.content.type, call.body.value, names)
    path, by_keyword = _write_arguments(operation, call, names)
    is_separate = len(body) > _SHORT or "\n" in body
    setup = f"body = {body}\n\n" if is_separate else ""
    given = "body" if is_separate else body
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
    """Return the path arguments and the keyword arguments. The body goes between them."""
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
    """Return an expression for `value` with the type that the method accepts."""
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
    """Return the `auth` argument for `credentials`, or "" if there are none."""
    given = {each.scheme: _write_token(each) for each in credentials if each.scheme in names.tokens}
    if not credentials or (names.tokens and not given):
        return ""
    is_single = not names.tokens or [(each.kind, each.name) for each in credentials] == [names.single_token]
    if is_single:
        return f"auth={_write_token(credentials[0])}"
    arguments = [f"{names.tokens[scheme]}={token}" for scheme, token in given.items()]
    flat = f"auth=Credentials({', '.join(arguments)})"
    if len(flat) <= _WIDTH:
        return flat
    return "auth=Credentials(\n" + "".join(f"        {each},\n" for each in arguments) + "    )"


def _write_token(credential: Credential) -> str:
    return ' + ":" + '.join(f'os.environ["{each}"]' for each in credential.variables)
