"""Type checks of programs that pass HTTP clients of httpx and httpx2."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

TYPED: Final = """
import httpx
import httpx2
from orchestrator_v2 import AsyncClient, Client, models


def give() -> str:
    return "a"


async def give_later() -> str:
    return "a"


def read(base_url: str) -> list[str]:
    own = Client(base_url, auth=httpx.BasicAuth("u", "p"), timeout=httpx.Timeout(3), http_client=httpx.Client())
    with Client(
        httpx2.URL(base_url), auth=httpx2.BasicAuth("u", "p"), timeout=httpx2.Timeout(3), http_client=httpx2.Client()
    ) as client:
        first: models.ProcessInstanceDTO = client.get_instance_by_id("i", timeout=httpx2.Timeout(1))
        raw = client.with_raw_response(client.get_instance_by_id)("i", timeout=2)
        return [first.id, raw.parse().id, *(row.id for row in own.iter_instances())]


async def read_later(base_url: str) -> list[str]:
    own = AsyncClient(base_url, auth=give_later, http_client=httpx.AsyncClient())
    async with AsyncClient(base_url, auth=give, http_client=httpx2.AsyncClient()) as client:
        first: models.ProcessInstanceDTO = await client.get_instance_by_id("i", timeout=httpx2.Timeout(1))
        raw = await client.with_raw_response(client.get_instance_by_id)("i")
        return [first.id, raw.parse().id, *[row.id async for row in own.iter_instances()]]
"""
# Every call must be an error in both type checkers.
MISTYPED: Final = """
import httpx2
from orchestrator_v2 import AsyncClient, Client

Client("http://a.test", http_client=httpx2.AsyncClient())
AsyncClient("http://a.test", http_client=httpx2.Client())
Client("http://a.test", timeout="3")
Client(5)
"""


@pytest.mark.slow
@pytest.mark.skipif(find_spec("httpx2") is None, reason="httpx2 is not installed")
@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_clients_of_both_libraries_type_check(checker: str, tmp_path: Path) -> None:
    (tmp_path / "right.py").write_text(TYPED)
    (tmp_path / "wrong.py").write_text(MISTYPED)
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = True\n")
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "include": ["*.py"]}')
    program = str(Path(sys.executable).with_name(checker))
    options = ["right.py", "wrong.py"] if checker == "mypy" else ["--pythonpath", sys.executable]
    done = subprocess.run([program, *options], cwd=tmp_path, capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    assert {line.split(":")[0].rpartition("/")[2] for line in errors} == {"wrong.py"}, (
        done.stdout + done.stderr
    )
    wrong = {int(part) for line in errors for part in line.split(":")[1:2]}
    assert wrong == {5, 6, 7, 8}, done.stdout
