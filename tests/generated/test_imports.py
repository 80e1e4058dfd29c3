"""The dependencies of the package: httpx and pydantic for the client, Starlette only for the server stubs."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Runs before the program: a finder that hides some packages, as if they were not installed.
BLOCK = """
import sys

class Hide:
    def __init__(self, *roots):
        self.roots = roots

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.roots:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

sys.meta_path.insert(0, Hide(%s))
"""
# Dependencies of the server, the generator and the conformance suite, which the client must not require.
OTHERS = ["starlette", "uvicorn", "yaml", "jinja2", "rich", "pytest", "hypothesis", "jsonschema_rs"]
SIBLINGS = ["orchestrator_codegen", "orchestrator_conformance"]


def run(program: str, *blocked: str) -> subprocess.CompletedProcess[str]:
    """Run `program` in a new interpreter in which the packages `blocked` cannot be imported."""
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
def test_importing_the_client_requires_only_httpx_and_pydantic(program: str) -> None:
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


def test_a_call_requires_only_httpx_and_pydantic() -> None:
    done = run(CALL, *OTHERS, *SIBLINGS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "p\n", "")


def test_the_server_import_error_names_the_missing_extra() -> None:
    done = run("import orchestrator_v2.server", "starlette")
    assert done.returncode == 1
    message = done.stderr.splitlines()[-1]
    assert message.startswith("ImportError: ")
    assert "Starlette" in message
    assert "orchestrator-v2[server]" in message


def test_the_server_stubs_require_starlette_but_no_sibling_package() -> None:
    others = [name for name in OTHERS if name != "starlette"]
    done = run("from orchestrator_v2.server import Handlers, HTTPError, create_app", *others, *SIBLINGS)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_name_is_an_attribute_error() -> None:
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
def test_imports_are_lazy(program: str, absent: str) -> None:
    done = run(f"{program}; sys.exit({absent!r} in sys.modules)")
    assert (done.returncode, done.stderr) == (0, "")
