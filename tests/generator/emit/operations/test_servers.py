"""Tests of the servers of a document, with variables in their URLs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...support.documents import HEAD
from ...support.running import imported

SERVERS = """servers:
  - url: https://{region}.example.com/{base}
    description: Production
    variables: {region: {default: eu, enum: [eu, us]}, base: {default: v1}}
  - {url: /v1}
paths: {}
"""


def test_variables_are_replaced_in_a_url(tmp_path: Path) -> None:
    with imported(tmp_path, HEAD.partition("components:")[0] + SERVERS) as package:
        production, relative = package.servers.SERVERS
        assert (production.url(), relative.url()) == ("https://eu.example.com/v1", "/v1")
        assert production.url(region="us", base="v2") == "https://us.example.com/v2"
        assert production.description == "Production"
        with pytest.raises(ValueError, match="region must be one of eu, us, got 'cn'"):
            production.url(region="cn")
        with pytest.raises(ValueError, match="has no variable zone; it has region, base"):
            production.url(zone="a")


def test_a_server_that_is_only_a_path_is_not_generated(tmp_path: Path) -> None:
    text = HEAD.partition("components:")[0] + "servers: [{url: /v1}]\npaths: {}\n"
    with imported(tmp_path, text) as package, pytest.raises(AttributeError):
        package.servers  # noqa: B018
