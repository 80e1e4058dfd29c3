"""What importing the package takes: httpx and pydantic for the client, Starlette for the server stubs alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Put before the program: a finder that refuses some distributions, as if they were not installed.
BLOCK = """
import sys

class Refuse:
    def __init__(self, *roots):
        self.roots = roots

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.roots:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

sys.meta_path.insert(0, Refuse(%s))
"""
# What the package may not need, being for those who generate, serve or judge.
OTHERS = ["starlette", "uvicorn", "yaml", "jinja2", "rich", "pytest", "hypothesis", "jsonschema_rs"]
SIBLINGS = ["orchestrator_codegen", "orchestrator_conformance"]


def run(program: str, *blocked: str) -> subprocess.CompletedProcess[str]:
    """Run `program` in an interpreter of its own, in which the packages `blocked` cannot be imported."""
    source = BLOCK % ", ".join(map(repr, blocked)) + program
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", source], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    "program",
    [
        "import orchestrator_v2",
        "import orchestrator_v2.client",
        "import orchestrator_v2.models",
        "from orchestrator_v2 import field, filters; field('state') == 'ACTIVE'",
        "from orchestrator_v2 import *; assert AsyncClient and Client and models.Filter",
        "from orchestrator_v2 import ApiError, ClientError, DecodeError",
    ],
)
def test_the_client_needs_nothing_but_httpx_and_pydantic(program: str) -> None:
    done = run(program, *OTHERS, *SIBLINGS)
    assert (done.returncode, done.stderr) == (0, "")


CALL = """
import httpx
from orchestrator_v2 import Client, models

def respond(request):
    return httpx.Response(200, json={"items": [{"id": "i", "processId": "p", "nodes": []}]})

with Client("http://backend.test", transport=httpx.MockTransport(respond)) as client:
    print(client.get_instances(models.SearchRequest()).items[0].process_id)
"""


def test_a_call_needs_nothing_but_httpx_and_pydantic() -> None:
    done = run(CALL, *OTHERS, *SIBLINGS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "p\n", "")


def test_the_server_stubs_say_which_extra_is_missing() -> None:
    done = run("import orchestrator_v2.server", "starlette")
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert said.startswith("ImportError: ")
    assert "Starlette" in said
    assert "orchestrator-v2[server]" in said


def test_the_server_stubs_need_starlette_and_neither_sibling() -> None:
    others = [name for name in OTHERS if name != "starlette"]
    done = run("from orchestrator_v2.server import Handlers, HTTPError, create_app", *others, *SIBLINGS)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    done = run("import orchestrator_v2; assert not hasattr(orchestrator_v2, 'Servant')")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("program", "absent"),
    [
        ("import orchestrator_v2", "httpx"),
        ("import orchestrator_v2", "pydantic"),
        ("from orchestrator_v2 import models", "httpx"),
        ("from orchestrator_v2 import field, filters; filters.field('a') == 1", "httpx"),
        ("import orchestrator_v2.server", "httpx"),
    ],
)
def test_a_program_imports_no_more_than_it_asks_for(program: str, absent: str) -> None:
    done = run(f"{program}; sys.exit({absent!r} in sys.modules)")
    assert (done.returncode, done.stderr) == (0, "")
