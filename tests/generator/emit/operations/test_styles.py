"""Parameters are written and read in each style of the OpenAPI 3.1.1 style table, which follows RFC 6570."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

import pytest
from orchestrator_v2._media import InvalidValue, Json
from orchestrator_v2._parameter import Parameter
from orchestrator_v2._reading import read_header, read_pairs, read_segment
from orchestrator_v2._texts import split_cookies, split_query

BLUE: Final = "blue"
COLOURS: Final = ["blue", "black", "brown"]
RGB: Final = {"R": 100, "G": 200, "B": 150}
ODD: Final = ["a,b", "c;d", "e=f&g", "ü /?#"]
# Reserved characters (RFC 3986, section 2.2): unescaped ones in a query value, and those that must be escaped.
KEPT: Final = "http://a.test:80/b;c?d=e,(f)*$'@!"
RESERVED: Final = {
    KEPT: KEPT,
    "a&b=1+2#c[0]": "a%26b=1%2B2%23c%5B0%5D",
    "50% ü %20": "50%25%20%C3%BC%20%2520",
}
ODD_SENT: Final = ("a%2Cb", "c%3Bd", "e%3Df%26g", "%C3%BC%20%2F%3F%23")
KINDS: Final[dict[type, str]] = {str: "text", list: "list", dict: "object"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a value and its serialization, as `name=value` pairs in a query."""

    place: str
    style: str
    explode: bool
    value: Any
    sent: str
    reserved: bool = False

    def parameter(self) -> Parameter:
        kind = KINDS[type(self.value)]
        return Parameter(
            name="color",
            argument="color",
            place=cast("Any", self.place),
            schema=Json[Any](type(self.value)),
            kind=cast("Any", kind),
            style=cast("Any", self.style),
            explode=self.explode,
            reads=("integer", "string") if kind == "object" else ("string",),
            allow_reserved=self.reserved,
        )


PATHS: Final = [
    Row("path", "simple", False, BLUE, "blue"),
    Row("path", "simple", True, BLUE, "blue"),
    Row("path", "simple", False, COLOURS, "blue,black,brown"),
    Row("path", "simple", True, COLOURS, "blue,black,brown"),
    Row("path", "simple", False, RGB, "R,100,G,200,B,150"),
    Row("path", "simple", True, RGB, "R=100,G=200,B=150"),
    Row("path", "simple", False, ODD, ",".join(ODD_SENT)),
    Row("path", "label", False, BLUE, ".blue"),
    Row("path", "label", True, BLUE, ".blue"),
    Row("path", "label", False, COLOURS, ".blue,black,brown"),
    Row("path", "label", True, COLOURS, ".blue.black.brown"),
    Row("path", "label", False, RGB, ".R,100,G,200,B,150"),
    Row("path", "label", True, RGB, ".R=100.G=200.B=150"),
    Row("path", "label", True, ODD, "." + ".".join(ODD_SENT)),
    Row("path", "matrix", False, BLUE, ";color=blue"),
    Row("path", "matrix", True, BLUE, ";color=blue"),
    Row("path", "matrix", False, "", ";color"),
    Row("path", "matrix", False, COLOURS, ";color=blue,black,brown"),
    Row("path", "matrix", True, COLOURS, ";color=blue;color=black;color=brown"),
    Row("path", "matrix", True, ["", "black"], ";color;color=black"),
    Row("path", "matrix", False, RGB, ";color=R,100,G,200,B,150"),
    Row("path", "matrix", True, RGB, ";R=100;G=200;B=150"),
    Row("path", "matrix", True, {"R": ""}, ";R"),
    Row("path", "matrix", False, ODD, ";color=" + ",".join(ODD_SENT)),
]
QUERIES: Final = [
    Row("query", "form", False, BLUE, "color=blue"),
    Row("query", "form", True, BLUE, "color=blue"),
    Row("query", "form", True, "", "color="),
    Row("query", "form", False, COLOURS, "color=blue,black,brown"),
    Row("query", "form", True, COLOURS, "color=blue&color=black&color=brown"),
    Row("query", "form", True, [""], "color="),
    Row("query", "form", False, RGB, "color=R,100,G,200,B,150"),
    Row("query", "form", True, RGB, "R=100&G=200&B=150"),
    Row("query", "form", False, ODD, "color=" + ",".join(ODD_SENT)),
    Row("query", "form", True, ODD, "&".join(f"color={each}" for each in ODD_SENT)),
    *(Row("query", "form", True, value, f"color={sent}", reserved=True) for value, sent in RESERVED.items()),
    Row("query", "form", True, [KEPT, "b,c"], f"color={KEPT}&color=b,c", reserved=True),
    Row("query", "form", True, {"k=1": "a=b,c"}, "k%3D1=a=b,c", reserved=True),
    Row("query", "form", False, ["a,b", "/?"], "color=a%2Cb,/?", reserved=True),
    Row("query", "form", False, {"a,b": "/?"}, "color=a%2Cb,/?", reserved=True),
    Row("query", "pipeDelimited", False, ["a,b", "/?"], "color=a,b%7C/?", reserved=True),
    Row("query", "deepObject", True, {"a/b": "c,d/e"}, "color%5Ba%2Fb%5D=c,d/e", reserved=True),
    Row("query", "spaceDelimited", False, COLOURS, "color=blue%20black%20brown"),
    Row("query", "spaceDelimited", False, RGB, "color=R%20100%20G%20200%20B%20150"),
    Row("query", "pipeDelimited", False, COLOURS, "color=blue%7Cblack%7Cbrown"),
    Row("query", "pipeDelimited", False, RGB, "color=R%7C100%7CG%7C200%7CB%7C150"),
    Row("query", "deepObject", True, RGB, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]
HEADERS: Final = [
    Row("header", "simple", False, BLUE, "blue"),
    Row("header", "simple", False, COLOURS, "blue,black,brown"),
    Row("header", "simple", True, COLOURS, "blue,black,brown"),
    Row("header", "simple", False, RGB, "R,100,G,200,B,150"),
    Row("header", "simple", True, RGB, "R=100,G=200,B=150"),
]
COOKIES: Final = [
    Row("cookie", "form", False, BLUE, "color=blue"),
    Row("cookie", "form", False, "a;b, ü", "color=a%3Bb%2C%20%C3%BC"),
    Row("cookie", "form", False, COLOURS, "color=blue,black,brown"),
    Row("cookie", "form", False, RGB, "color=R,100,G,200,B,150"),
]


def name(row: Row) -> str:
    return f"{row.style}-{row.explode}-{row.sent}"


@pytest.mark.parametrize("row", PATHS, ids=name)
def test_path_segments(row: Row) -> None:
    parameter = row.parameter()
    assert parameter.write_segment(row.value) == row.sent
    assert read_segment(parameter, row.sent) == row.value


@pytest.mark.parametrize("row", QUERIES, ids=name)
def test_query_pairs(row: Row) -> None:
    parameter = row.parameter()
    assert "&".join(parameter.write_pairs(row.value)) == row.sent
    assert read_pairs(parameter, split_query(row.sent.encode())) == row.value


@pytest.mark.parametrize("row", HEADERS, ids=name)
def test_headers(row: Row) -> None:
    parameter = row.parameter()
    assert parameter.write_header(row.value) == row.sent
    assert read_header(parameter, [row.sent]) == row.value


@pytest.mark.parametrize("row", COOKIES, ids=name)
def test_cookies(row: Row) -> None:
    parameter = row.parameter()
    assert "; ".join(parameter.write_pairs(row.value)) == row.sent
    assert read_pairs(parameter, split_cookies(["other=1; " + row.sent])) == row.value


@pytest.mark.parametrize(
    ("row", "sent"),
    [
        (Row("query", "form", False, COLOURS, ""), "color=blue%2Cblack"),
        (Row("query", "spaceDelimited", False, COLOURS, ""), "color=blue+black"),
        (Row("query", "pipeDelimited", False, COLOURS, ""), "color=blue|black"),
        (Row("query", "deepObject", True, RGB, ""), "color[R]=100"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_variants_of_other_clients_are_read(row: Row, sent: str) -> None:
    found = read_pairs(row.parameter(), split_query(sent.encode()))
    expected = {
        "color=blue%2Cblack": ["blue,black"],  # a percent-encoded comma is part of an item
        "color[R]=100": {"R": 100},
    }
    assert found == expected.get(sent, ["blue", "black"])


@pytest.mark.parametrize(
    ("type_", "reads", "sent", "expected"),
    [
        (str | list[str], ("string",), "color=blue", "blue"),
        (str | list[str], ("string",), "color=", ""),
        (str | list[str], ("string",), "color=blue&color=black", ["blue", "black"]),
        (str | list[str], ("string",), "color=blue%2Cblack", "blue,black"),
        (bool | list[int], ("boolean", "integer"), "color=true", True),
        (bool | list[int], ("boolean", "integer"), "color=7", [7]),
        (int | list[str], ("integer", "string"), "color=seven", ["seven"]),
        (int | list[str], ("integer", "string"), "color=7&color=8", ["7", "8"]),
    ],
)
def test_a_scalar_or_an_array_is_read_by_its_schema(type_: Any, reads: Any, sent: str, expected: Any) -> None:
    parameter = Parameter(
        name="color",
        argument="color",
        place="query",
        schema=Json[Any](type_),
        kind="some",
        style="form",
        explode=True,
        reads=reads,
    )
    assert read_pairs(parameter, split_query(sent.encode())) == expected
    assert parameter.write_pairs(expected) == [each.replace(",", "%2C") for each in sent.split("&")]


def test_a_value_that_is_neither_scalar_nor_array_is_rejected() -> None:
    schema = Json[Any](int | list[bool])
    parameter = Parameter(
        name="n", argument="n", place="query", schema=schema, kind="some", style="form", explode=True
    )
    with pytest.raises(InvalidValue):
        read_pairs(parameter, split_query(b"n=x"))


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (Row("path", "label", True, COLOURS, ""), ["a.b"]),
        (Row("query", "spaceDelimited", False, COLOURS, ""), ["a b"]),
        (Row("query", "pipeDelimited", False, COLOURS, ""), ["a|b"]),
        (Row("header", "simple", False, COLOURS, ""), ["a,b"]),
        (Row("header", "simple", True, RGB, ""), {"a=b": 1}),
    ],
    ids=lambda each: each.style if isinstance(each, Row) else "",
)
def test_a_value_that_contains_a_separator_is_not_sent(row: Row, value: Any) -> None:
    parameter = row.parameter()
    write = {
        "path": parameter.write_segment,
        "query": parameter.write_pairs,
        "header": parameter.write_header,
    }
    with pytest.raises(InvalidValue, match="which is a separator in this parameter"):
        write[row.place](value)


@pytest.mark.parametrize(
    ("row", "sent", "reason"),
    [
        (Row("path", "label", False, BLUE, ""), "blue", r"must begin with '\.' \(style label\)"),
        (Row("path", "matrix", False, BLUE, ""), "blue", r"must begin with ';' \(style matrix\)"),
        (Row("path", "matrix", False, BLUE, ""), ";colour=blue", r"must be sent as ';color=\.\.\.'"),
        (Row("path", "matrix", False, BLUE, ""), ";color=blue;color=red", "must not be repeated"),
        (Row("path", "simple", False, RGB, ""), "R,100,G", "must alternate names and values"),
        (Row("path", "simple", False, BLUE, ""), "%FF", "not UTF-8"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_segment_in_another_style_is_rejected(row: Row, sent: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        read_segment(row.parameter(), sent)
