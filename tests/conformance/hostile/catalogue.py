"""The hostile targets by name. Each is the reference backend with one thing changed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Final

from starlette.types import ASGIApp

from .answers import (
    STARTED,
    Headers,
    Wrap,
    change_answers,
    change_bodies,
    change_instances,
    change_json,
    rename_ids,
    set_fields,
    set_headers,
    set_schema,
    set_source,
)
from .transport import HEAD, Write, breaking_proxy, hang, repeat, reset, send_bytes

_FILTERS: Final = (
    "filter-eq-text,filter-eq-id,filter-eq-state,filter-eq-date,filter-in-text,filter-in-id,filter-in-state,"
    "filter-like-text,filter-is-null-date,filter-gt-date,filter-lt-date,filter-between-date,logical-filters,"
    "nested-filters,overview-filters"
)
_SORTING: Final = "sorting,sort-start,sort-end,sort-state,sort-process-id,sort-process-name"
_OF_OVERVIEWS: Final = "overview-sorting,overview-paging,entity-overviews"
# Every operation that reads, without the many requests about filters and orders.
READS: Final = (
    "--profile", "read-only", "--disclaim", f"{_FILTERS},{_SORTING},{_OF_OVERVIEWS},paging,total-count",
)  # fmt: skip
PAGES: Final = ("--profile", "read-only", "--disclaim", f"{_FILTERS},{_SORTING},{_OF_OVERVIEWS}")
RUNS: Final = (
    "--allow-runs", "all", "--only",
    "ORC-RUN-EXEC-01,ORC-RUN-EXEC-02,ORC-RUN-INPUT-01,ORC-RUN-INPUT-02,ORC-RUN-ABORT-01,ORC-WF-SCHEMA-01",
)  # fmt: skip
FUZZED: Final = (*READS, "--max-examples", "1")


@dataclass(frozen=True)
class Hostile:
    """A hostile target.

    `wrap` changes the answers, `write` takes the place of the answers whose path contains `part`, after the `first` of
    them. `options` are those of the run. `says` occurs in the report.
    """

    wrap: Wrap = lambda app: app
    write: Write | None = None
    part: str = "/overview"
    first: int = 0
    options: tuple[str, ...] = READS
    says: str = ""
    is_slow: bool = False

    def proxy(self, upstream: str) -> Any:
        """Return the context that yields the URL of the target."""
        if self.write is None:
            return nullcontext(upstream)
        return breaking_proxy(upstream, self.write, self.part, self.first)


SHELL: Final = "'; touch canary; '$(touch canary)`touch canary`\"; touch canary; \"\ntouch canary\n"
ESCAPES: Final = (
    "\x1b[2J\x1b]0;owned\x07\x9b31m\u202egnp\u2066[bold red]x[/] [/] :boom:\r\nconformant: 999 of 999"
)


def _nest(levels: int) -> str:
    return "[" * levels + "]" * levels


def _raw(text: str | bytes) -> Wrap:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return change_bodies(lambda body: data, "/v2/workflows/instances")


def _in_items(fragment: str) -> Wrap:
    """Put a raw JSON fragment into the first item of each list."""
    return change_bodies(lambda body: body.replace(b'{"id"', b"{" + fragment.encode() + b',"id"', 1))


def _gzip(data: bytes) -> Wrap:
    def apply(path: str, status: int, headers: Headers, body: bytes) -> tuple[int, Headers, bytes]:
        if "overview" not in path:
            return status, headers, body
        return status, [*headers, (b"content-encoding", b"gzip")], data

    return change_answers(apply)


def _encoded(encoding: str) -> Wrap:
    return set_headers(content_encoding=encoding)


def _refuse_all(message: str) -> Wrap:
    def apply(path: str, status: int, headers: Headers, body: bytes) -> tuple[int, Headers, bytes]:
        if "overview" in path:
            return status, headers, body
        return 500, headers, json.dumps({"message": message}).encode()

    return change_answers(apply)


def _redirect(path: str, status: int, headers: Headers, body: bytes) -> tuple[int, Headers, bytes]:
    if path.endswith("/instances"):
        return 302, [*headers, (b"location", b"/api/orchestrator/v2/workflows/instances")], b""
    return status, headers, body


def _deny_abort(path: str, status: int, headers: Headers, body: bytes) -> tuple[int, Headers, bytes]:
    return (500, headers, b'{"message": "no"}') if path.endswith("/abort") else (status, headers, body)


def _never_finished(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "end"} | {"state": "ACTIVE"}


class _EndlessPages:
    """Lists with new instances on every page."""

    def __init__(self, app: ASGIApp) -> None:
        self._count = 0
        self._app = change_json(self._fill, "/v2/workflows/instances")(app)

    def _fill(self, value: Any) -> Any:
        rows = [{**each, "id": f"{each['id']}-{self._count + at}"} for at, each in enumerate(value["items"])]
        self._count += len(rows)
        return {
            **value,
            "items": rows or [{"id": f"more-{self._count}", "processId": "x"}],
            "totalCount": 10**9,
        }

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._app(scope, receive, send)


def _recursive(width: int) -> dict[str, Any]:
    return {"type": "object", "properties": {f"p{at}": {"$ref": "#"} for at in range(width)}}


def _exponential(keyword: str) -> dict[str, Any]:
    parts = {f"d{at}": {keyword: [{"$ref": f"#/$defs/d{at + 1}"}] * 2} for at in range(40)}
    return {"$defs": {**parts, "d40": {}}, "$ref": "#/$defs/d0"}


_LAUGHS: Final = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{','.join(['*' + chr(97 + at)] * 9)}]\n" for at in range(12)
)
_MERGES: Final = "a: &a {x: 1}\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} {{<<: [{','.join(['*' + chr(97 + at)] * 9)}]}}\n" for at in range(12)
)

IDS: Final[Mapping[str, Hostile]] = {
    "ids with shell commands": Hostile(rename_ids(SHELL + "ID")),
    "ids of started runs with shell commands": Hostile(rename_ids("'; touch canary; 'ID"), options=RUNS),
    "ids of started runs with command substitutions": Hostile(rename_ids("$(touch canary)ID"), options=RUNS),
    "ids with terminal escapes and markup": Hostile(rename_ids(ESCAPES + "ID")),
    "ids with slashes and dots": Hostile(rename_ids("../../ID")),
    "ids that are two dots": Hostile(set_fields(id="..")),
    "ids with queries and fragments": Hostile(rename_ids("?a=b#ID")),
    "ids that are numbers": Hostile(set_fields(id=7)),
    "ids that are objects": Hostile(set_fields(id={"a": [1]})),
    "ids that are null": Hostile(set_fields(id=None)),
    "ids that are empty": Hostile(set_fields(id="")),
    "ids that are all the same": Hostile(set_fields(id="same")),
    "ids of 100 kB": Hostile(change_instances(lambda row: {**row, "id": row["id"] + "x" * 100_000})),
    "ids with lone surrogates": Hostile(rename_ids("\ud800ID")),
    "an id that is __proto__": Hostile(set_fields(id="__proto__")),
}
TEXT: Final[Mapping[str, Hostile]] = {
    "values with shell commands": Hostile(set_fields(processName=SHELL, state=SHELL)),
    "values with terminal escapes and markup": Hostile(set_fields(processName=ESCAPES, state=ESCAPES)),
    "messages with shell commands": Hostile(_refuse_all(SHELL)),
    "messages with terminal escapes and markup": Hostile(_refuse_all(ESCAPES)),
    "a message of 1 MB": Hostile(_refuse_all("x" * 1_000_000)),
    "headers with shell commands": Hostile(
        set_headers(x_a=SHELL.replace("\n", " "), content_type="'; touch canary; '$(touch canary)")
    ),
    "an unknown charset": Hostile(set_headers(content_type="application/json; charset=nonsense-8")),
    "a charset with a quadratic decoder": Hostile(set_headers(content_type="text/plain; charset=punycode")),
}
JSON: Final[Mapping[str, Hostile]] = {
    "a lone surrogate": Hostile(set_fields(processName="\ud800"), says="lone surrogate"),
    "NaN": Hostile(_in_items('"x":NaN'), says="not JSON"),
    "a number out of range": Hostile(_in_items('"x":1e999'), says="not JSON"),
    "an integer of 5000 digits": Hostile(_in_items(f'"x":{"7" * 5000}'), says="not JSON"),
    "an integer of 4000 digits": Hostile(_in_items(f'"duration":{"7" * 4000}')),
    "JSON nested 20,000 deep": Hostile(_in_items(f'"x":{_nest(20_000)}'), says="nested more than"),
    "JSON nested 150 deep": Hostile(_in_items(f'"workflowdata":{{"a":{_nest(150)}}}')),
    "a list nested 8,000,000 deep": Hostile(_raw(b"[" * 8_000_000), says="nested more than"),
    "duplicate keys": Hostile(_in_items('"state":"ACTIVE","state":7,"id":"a"')),
    "items that are no objects": Hostile(
        change_json(lambda value: {**value, "items": [1, "a", None, [], *value["items"]]}, "/instances")
    ),
    "items that are a text": Hostile(change_json(lambda value: {**value, "items": "abc"}, "/instances")),
    "a total that is a text": Hostile(
        change_json(lambda value: {**value, "totalCount": "many"}, "/instances"), options=PAGES
    ),
    "a negative total": Hostile(
        change_json(lambda value: {**value, "totalCount": -5}, "/instances"), options=PAGES
    ),
    "endless pages": Hostile(_EndlessPages, options=PAGES),
    "timestamps of the years 1 and 9999": Hostile(
        set_fields(start="0001-01-01T00:00:00+14:00", end="9999-12-31T23:59:59-14:00")
    ),
    "timestamps of the year 10000": Hostile(set_fields(start="10000-01-01T00:00:00Z", end="+275760-09-13")),
    "bytes that are not UTF-8": Hostile(_raw(b'{"items": ["\xff\xfe"]}'), says="not JSON"),
    "UTF-16": Hostile(_raw('{"items": []}'.encode("utf-16"))),
    "a body that is null": Hostile(_raw("null")),
    "an empty body": Hostile(_raw("")),
    "an object of 100,000 keys": Hostile(_raw(json.dumps({str(at): at for at in range(100_000)}))),
}
SCHEMAS: Final[Mapping[str, Hostile]] = {
    "a schema on another host": Hostile(
        set_schema({"$ref": "http://127.0.0.1:9/schema", "type": "object"}), options=RUNS
    ),
    "a meta-schema on another host": Hostile(
        set_schema({"$schema": "http://127.0.0.1:9/meta"}), options=RUNS
    ),
    "a schema that is a file": Hostile(set_schema({"$ref": "file:///etc/passwd"}), options=RUNS),
    "a text of 10^10 characters": Hostile(
        set_schema({"required": ["a"], "properties": {"a": {"type": "string", "minLength": 10**10}}}),
        options=RUNS,
    ),
    "a list of 10^9 items": Hostile(
        set_schema({"required": ["a"], "properties": {"a": {"type": "array", "minItems": 10**9}}}),
        options=RUNS,
    ),
    "60 recursive properties": Hostile(set_schema(_recursive(60)), options=RUNS),
    "exponential allOf": Hostile(set_schema(_exponential("allOf")), options=RUNS),
    "exponential anyOf": Hostile(set_schema(_exponential("anyOf")), options=RUNS),
    "a pattern with catastrophic backtracking": Hostile(
        set_schema({"properties": {"a": {"type": "string", "pattern": "^(?=(a+)+$)(c|o|n|.)*(.*)*x$"}}}),
        options=RUNS,
    ),
    "a schema with keywords of wrong types": Hostile(
        set_schema({"properties": 5, "required": "a", "enum": "x", "type": {}}), options=RUNS
    ),
    "a default of 5 MB": Hostile(
        set_schema({"required": ["a"], "properties": {"a": {"default": "x" * 5_000_000}}}), options=RUNS
    ),
    "numbers beyond every float": Hostile(
        set_schema({"properties": {"a": {"type": "number", "minimum": 10**400, "multipleOf": 0.1}}}),
        options=RUNS,
    ),
    "a YAML source with a billion laughs": Hostile(set_source(_LAUGHS)),
    "a YAML source with nested merges": Hostile(set_source(_MERGES)),
    "a YAML source that constructs objects": Hostile(
        set_source("id: !!python/object/apply:os.system ['touch canary']")
    ),
    "a YAML source nested 20,000 deep": Hostile(set_source("[" * 20_000)),
}
BODIES: Final[Mapping[str, Hostile]] = {
    "a body that claims gzip and isn't": Hostile(_gzip(b"{}" * 50), says="but it is not gzip"),
    "an incomplete gzip": Hostile(_gzip(gzip.compress(b"[]" * 9999)[:-9]), says="incomplete"),
    "a gzip bomb": Hostile(_gzip(gzip.compress(b"\0" * (1 << 28))), says="larger than 16 MiB"),
    "a million empty gzip streams": Hostile(_gzip(gzip.compress(b"") * 500_000), says="compressed streams"),
    "an unknown content encoding": Hostile(_encoded("br"), says="content encoding"),
    "five content encodings": Hostile(_encoded("gzip, gzip, gzip, gzip, gzip"), says="compressed 5 times"),
    "redirects without an end": Hostile(change_answers(_redirect)),
    "a body without an end": Hostile(write=repeat(b"x" * 65536, HEAD + b"\r\n"), says="larger than 16 MiB"),
    "chunks without an end": Hostile(
        write=repeat(b"1\r\nx\r\n" * 5000, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"), is_slow=True
    ),
    "a body that drips": Hostile(
        write=repeat(b" ", HEAD + b"\r\n", 0.2), part="/statuses", says="not complete after"
    ),
    "a head that drips": Hostile(
        write=repeat(b"X: y\r\n", HEAD, 0.2), part="/statuses", says="not complete after"
    ),
    "informational answers without an end": Hostile(
        write=repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n"), part="/statuses", says="not complete after"
    ),
    "headers without an end": Hostile(write=repeat(b"X-A: y\r\n", HEAD), says="not valid HTTP"),
}
CONNECTIONS: Final[Mapping[str, Hostile]] = {
    "a negative content length": Hostile(write=send_bytes(HEAD + b"Content-Length: -1\r\n\r\n{}")),
    "a content length that is a text": Hostile(write=send_bytes(HEAD + b"Content-Length: two\r\n\r\n{}")),
    "two content lengths": Hostile(
        write=send_bytes(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")
    ),
    "a content length of 10^18": Hostile(
        write=send_bytes(HEAD + b"Content-Length: 1000000000000000000\r\n\r\n{}"), says="connection ends"
    ),
    "a chunk without a size": Hostile(
        write=send_bytes(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")
    ),
    "an answer that is not HTTP": Hostile(write=send_bytes(b"SSH-2.0-OpenSSH_9.6\r\n")),
    "an answer that is not HTTP, always": Hostile(write=send_bytes(b"\x1b[2JSSH-2.0\r\n"), part="/"),
    "a status of four digits": Hostile(write=send_bytes(b"HTTP/1.1 2000 OK\r\n\r\n")),
    "status 999": Hostile(write=send_bytes(b"HTTP/1.1 999 \x1b[2J\r\nContent-Length: 2\r\n\r\n{}")),
    "a switch of protocols": Hostile(
        write=send_bytes(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")
    ),
    "a connection that is closed": Hostile(write=send_bytes(b"")),
    "a connection that is reset": Hostile(write=reset),
    "a connection that is reset, in generated requests": Hostile(
        write=reset, first=40, options=FUZZED, is_slow=True
    ),
    "no answer to one operation": Hostile(write=hang, part="/statuses"),
    "no answer any more": Hostile(write=hang, part="/", first=20, says="stopped answering"),
    "a target that dies": Hostile(write=reset, part="/", first=100, says="stopped answering"),
}
LIES: Final[Mapping[str, Hostile]] = {
    "aborts that change nothing": Hostile(
        change_instances(_never_finished), options=RUNS, says='"leftRunning": [\n    "'
    ),
    "aborts that fail": Hostile(change_answers(_deny_abort), options=RUNS),
    "started runs without an id": Hostile(change_json(lambda value: {}, STARTED), options=RUNS),
    "started runs with one id": Hostile(change_json(lambda value: {"id": "same"}, STARTED), options=RUNS),
}

HOSTILE: Final[Mapping[str, Hostile]] = {
    **IDS, **TEXT, **JSON, **SCHEMAS, **BODIES, **CONNECTIONS, **LIES,
}  # fmt: skip
