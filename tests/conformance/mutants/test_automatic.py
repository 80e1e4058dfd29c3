"""Automatic mutants: the edits of the reference backend, their names, and how they are loaded."""

from __future__ import annotations

import ast
import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from orchestrator_conformance import reference
from orchestrator_conformance.mutants.automatic.automatic import (
    MUTATED_FILES,
    AutomaticMutant,
    CannotBuild,
    list_automatic_mutants,
)
from orchestrator_conformance.mutants.automatic.equivalent import ALLOWED, EQUIVALENT, UNDECIDED
from orchestrator_conformance.mutants.automatic.tree_edits import apply_edit, list_edits
from orchestrator_conformance.mutants.automatic.tree_operators import OPERATORS
from orchestrator_conformance.reference.app import create_reference_app
from orchestrator_conformance.reference.settings import ReferenceSettings
from starlette.types import ASGIApp

SAMPLE = '''
"""A module with one of everything: 1 < 2."""

class Sample:
    """Not 3 either."""

    def order(self, first: int, last: "tuple[1, 2]") -> list[int]:
        self.note(key=min(first, 4))
        total = first + last[0]
        total = total - 1
        if first < last or not any(first):
            return [first, last]
        return self.rest[first:last] if first == last else []

    async def find(self, key, *, is_new=True):
        logger.warning("no %s of %d", key, 5)
        if key is None and key not in self.rest:
            raise KeyError(f"{6 + 1}", min(7, 8), limit=9)
        return [each for each in self.rest if each > key]

if TYPE_CHECKING:
    import sample
    limit = 10 + 11
'''

EXPECTED_CHANGES = """\
< to <=
or to and
drop not
any to all
min to max
== to !=
is to is not
not in to in
> to >=
and to or
0 to 1
0 to -1
1 to 2
1 to 0
4 to 5
4 to 3
True to False
+ to -
- to +
drop key=
drop self.note(...)
drop total = ...
if first < last or not any(first) to True
if first < last or not any(first) to False
if first == last to True
if each > key to False
return []
drop lower bound first
drop upper bound last
"""


@pytest.fixture(scope="module")
def mutants() -> dict[str, AutomaticMutant]:
    return {mutant.name: mutant for mutant in list_automatic_mutants()}


@pytest.mark.parametrize("said", EXPECTED_CHANGES.splitlines())
def test_each_kind_of_edit_is_made(said: str) -> None:
    assert said in {edit.change.description for edit in list_edits(SAMPLE)}


def test_every_operator_edits_the_sample() -> None:
    used = {edit.operator for edit in list_edits(SAMPLE)}
    assert used == {operator.__name__ for operator in OPERATORS}


@pytest.mark.parametrize("number", [2, 3, 5, 6, 7, 8, 9, 10, 11])
def test_texts_annotations_messages_and_logs_stay(number: int) -> None:
    changed = {edit.change.description for edit in list_edits(SAMPLE)}
    assert f"{number} to {number + 1}" not in changed
    assert "drop logger.warning(...)" not in changed


def test_each_edit_changes_one_place_and_leaves_valid_code() -> None:
    original = ast.unparse(ast.parse(SAMPLE))
    edits = list_edits(SAMPLE)
    changed = [apply_edit(edit) for edit in edits]
    for tree in changed:
        compile(tree, "sample.py", "exec")
    sources = {ast.unparse(tree) for tree in changed}
    assert len(sources) == len(edits)
    assert original not in sources


def test_the_only_binding_of_a_name_is_not_dropped() -> None:
    source = "def f():\n    once = g()\n    twice = g()\n    twice = h(once, twice)\n    return once, twice\n"
    assert [edit.line for edit in list_edits(source) if edit.change.description.startswith("drop")] == [3, 4]


def test_a_required_keyword_is_not_dropped() -> None:
    def show(*, given: int, extra: int = 0) -> int:
        return given + extra

    said = {edit.change.description for edit in list_edits("show(given=x, extra=y)", {"show": show})}
    assert said == {"drop extra="}


def test_the_names_are_unique_and_the_same_every_time() -> None:
    first, second = list_automatic_mutants(), list_automatic_mutants()
    assert first == second
    assert len({mutant.name for mutant in first}) == len(first)
    assert {mutant.file for mutant in first} == set(MUTATED_FILES)


def test_the_name_of_an_edit_does_not_depend_on_its_line() -> None:
    here, below = list_edits(SAMPLE), list_edits(f"import first\n\n{SAMPLE}")
    assert [(edit.scope, edit.change.description) for edit in here] == [
        (edit.scope, edit.change.description) for edit in below
    ]


def test_the_triage_has_only_existing_mutants(mutants: dict[str, AutomaticMutant]) -> None:
    triaged = [*EQUIVALENT, *ALLOWED, *UNDECIDED]
    assert set(triaged) <= mutants.keys()
    assert len(triaged) == len(set(triaged))


@pytest.fixture
def modules_before() -> Iterator[dict[str, ModuleType]]:
    before = dict(sys.modules)
    yield before
    assert {name for name in sys.modules if "conformance_mutant" in name} == set()


LESS_OR_EQUAL = "filtering.py:Filtering.is_less < to <="
EMPTY_LIST = "backend.py:ReferenceBackend.get_workflow_statuses return []"


def test_building_a_mutant_does_not_change_the_reference(
    mutants: dict[str, AutomaticMutant], modules_before: dict[str, ModuleType]
) -> None:
    folder = Path(reference.__file__).parent
    sources = {path: path.read_bytes() for path in folder.glob("*.py")}
    mutants[EMPTY_LIST].create_app(ReferenceSettings())
    assert {path: path.read_bytes() for path in folder.glob("*.py")} == sources
    for name, module in modules_before.items():
        if name.startswith(reference.__name__):
            assert sys.modules[name] is module
    assert len(_get_statuses(create_reference_app())) == 6


def test_two_mutants_do_not_affect_each_other(
    mutants: dict[str, AutomaticMutant], modules_before: dict[str, ModuleType]
) -> None:
    empty_list = mutants[EMPTY_LIST].create_app(ReferenceSettings())
    less_or_equal = mutants[LESS_OR_EQUAL].create_app(ReferenceSettings())
    assert _get_statuses(empty_list) == []
    assert len(_get_statuses(less_or_equal)) == 6
    starts_before = [
        _count_started_before_the_first(app) for app in (create_reference_app(), empty_list, less_or_equal)
    ]
    assert starts_before == [0, 0, 1]


def test_building_a_mutant_that_does_not_start_fails(
    mutants: dict[str, AutomaticMutant], modules_before: dict[str, ModuleType]
) -> None:
    with pytest.raises(CannotBuild, match="default_factory"):
        mutants["table.py:Column drop default_factory="].create_app(ReferenceSettings())


def _get_statuses(app: ASGIApp) -> list[dict[str, str]]:
    statuses: list[dict[str, str]] = _send(app, "GET", "statuses").json()
    return statuses


def _count_started_before_the_first(app: ASGIApp) -> int:
    first = _send(app, "POST", "", {"paginationInfo": {"pageSize": 1}}).json()["items"][0]["start"]
    before = {"field": "start", "operator": "LT", "value": first}
    return len(_send(app, "POST", "", {"filters": before}).json()["items"])


def _send(app: ASGIApp, method: str, path: str, body: object = None) -> httpx.Response:
    async def send() -> httpx.Response:
        url = f"http://reference/api/orchestrator/v2/workflows/instances/{path}".rstrip("/")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
            return await client.request(method, url, json=body)

    return asyncio.run(send())
