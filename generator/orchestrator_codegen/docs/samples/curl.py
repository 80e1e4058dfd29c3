"""Writes a call as a curl command for a POSIX shell, which expands only `$BASE_URL` and the credentials."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from ...api.media_types import may_be_json
from .call import Argument, Call, SampleBody, write_scalar
from .credentials import Credential

_FORM: Final = "application/x-www-form-urlencoded"
_METHODS: Final[Mapping[str, str]] = {"GET": "", "HEAD": " --head"}


def write_curl(call: Call) -> str:
    """Return the command, with one option per line."""
    method = _METHODS.get(call.method, f" --request {call.method}")
    lines = [f'curl{method} "$BASE_URL"{_quote(_write_target(call))}{_write_keys(call)}']
    lines += [line for each in call.credentials for line in _write_credential(each)]
    if call.accept:
        lines.append(f"--header {_quote(f'Accept: {call.accept}')}")
    for each in call.arguments:
        if each.place == "header":
            lines.append(f"--header {_quote(f'{each.name}: {write_scalar(each.value)}')}")
        elif each.place == "cookie":
            lines.append(f"--cookie {_quote(f'{each.name}={write_scalar(each.value)}')}")
    if call.body is not None:
        lines += _write_body(call.body)
    return " \\\n  ".join(lines)


def write_setting(base_url: str, credentials: Iterable[Credential]) -> str:
    """Return a script that sets the environment variables of samples that use `credentials`."""
    names = dict.fromkeys(name for each in credentials for name in each.variables)
    return f"export BASE_URL={_quote(base_url)}" + "".join(f"\nexport {name}=..." for name in names)


def _write_target(call: Call) -> str:
    values = {each.name: each for each in call.arguments if each.place == "path"}
    parts = re.split(r"(\{[^{}]*\})", call.path)
    path = "".join(_write_part(part, values) for part in parts)
    query = [
        (each.name, write_scalar(value))
        for each in call.arguments
        if each.place == "query"
        for value in (each.value if isinstance(each.value, list) else [each.value])
    ]
    return path + (f"?{urlencode(query, quote_via=quote)}" if query else "")


def _write_part(part: str, values: Mapping[str, Argument]) -> str:
    argument = values.get(part[1:-1]) if part.startswith("{") else None
    if argument is None:
        return quote(part, safe="/:@!$&'()*+,;=-._~")
    return quote(write_scalar(argument.value), safe=",")


def _write_keys(call: Call) -> str:
    """Return the API keys in the query, to append to its other parameters."""
    mark = "&" if any(each.place == "query" for each in call.arguments) else "?"
    written = ""
    for each in call.credentials:
        if each.kind == "query":
            written += _quote(f"{mark}{quote(each.name)}=") + f'"${each.variables[0]}"'
            mark = "&"
    return written


def _write_credential(credential: Credential) -> list[str]:
    variables = [f"${each}" for each in credential.variables]
    match credential.kind:
        case "bearer":
            return [f'--header "Authorization: Bearer {variables[0]}"']
        case "basic":
            return [f'--user "{":".join(variables)}"']
        case "header":
            return [f'--header {_quote(f"{credential.name}: ")}"{variables[0]}"']
        case "cookie":
            return [f'--cookie {_quote(f"{credential.name}=")}"{variables[0]}"']
        case "query":
            return []


def _write_body(body: SampleBody) -> Iterator[str]:
    if body.media_type.startswith("multipart/") and isinstance(body.value, dict):
        for name, value in body.value.items():
            yield f"--form-string {_quote(f'{name}={_write_part_of_form(value)}')}"
        return
    yield f"--header {_quote(f'Content-Type: {body.media_type}')}"
    if body.media_type.startswith(_FORM) and isinstance(body.value, dict):
        yield f"--data-raw {_quote(urlencode({key: _write_part_of_form(each) for key, each in body.value.items()}))}"
    elif isinstance(body.value, str) and not may_be_json(body.media_type):
        yield f"--data-raw {_quote(body.value)}"
    else:
        yield f"--data-raw {_quote(json.dumps(body.value, indent=2, ensure_ascii=False))}"


def _write_part_of_form(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else write_scalar(value)


def _quote(text: str) -> str:
    # A shell cannot pass a NUL character in an argument.
    return shlex.quote(text.replace("\0", ""))
