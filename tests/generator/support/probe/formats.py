"""Strategies for strings in general, and for each format of OpenAPI and JSON Schema in its canonical spelling."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Mapping
from typing import Any, Final

from hypothesis import strategies as st

texts: Final = st.text(max_size=6) | st.sampled_from(
    ["\u2028", "\U0001f600", "e\u0301", '"\\/\b', "1", "null", "a b,c|d"]
)

_instants: Final = st.datetimes(
    min_value=datetime.datetime(1970, 1, 1),
    max_value=datetime.datetime(2100, 1, 1),
    timezones=st.just(datetime.UTC),
)
_names: Final = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)

# Any string is valid for a format that is not listed here.
FORMATS: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "date-time": _instants.map(lambda each: each.isoformat().replace("+00:00", "Z")),
    "date": st.dates().map(str),
    "time": st.times().map(lambda each: f"{each.replace(microsecond=0).isoformat()}Z"),
    "duration": st.sampled_from(["P1D", "PT36S", "P3DT4H", "PT0S", "P1DT12H30M5S"]),
    "uuid": st.uuids().map(str),
    "uri": st.builds("https://{}.example/{}?q=%20#{}".format, _names, _names, _names)
    | st.sampled_from(["http://a.example", "urn:isbn:0451450523", "HTTP://a.example/%7e"]),
    "uri-reference": st.sampled_from(["../a", "a?b", "http://a.example"]),
    "email": st.builds("{}@{}.example".format, _names, _names),
    "hostname": st.builds("{}.example".format, _names),
    "ipv4": st.ip_addresses(v=4).map(str),
    "ipv6": st.ip_addresses(v=6).map(str),
    "byte": st.binary(max_size=6).map(lambda each: base64.b64encode(each).decode()),
    "regex": st.sampled_from(["^a$", "[0-9]+"]),
    "json-pointer": st.sampled_from(["", "/a/0"]),
}
