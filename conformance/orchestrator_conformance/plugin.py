"""The suite's pytest plugin: its options, and one session for all tests. Load it with `-p`.

It is no `pytest11` entry point, which would load it into every pytest of everyone who installs the client.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .checks.check import Check
from .commands.target_options import choose_claims, read_allowed_runs, read_headers
from .contract.cannot_run import CannotRun
from .contract.contract import Contract, UnusableDocument, load_contract
from .contract.features import Claims
from .contract.requirements import aspects_of, requirement_of
from .fuzz.exploration import explore
from .runner import MAX_EXAMPLES, redact_result, run_check
from .session.runs import clean_up
from .session.session import CONSISTENCY_CEILING, Session
from .statements import iter_requirements
from .target.exchange import show_body, write_curl
from .target.target import Target
from .verdict.expectations import Expectation, apply_expectations, read_expectations
from .verdict.ledger import Ledger
from .verdict.outcome import Error, Fail, Inconclusive, Known, Pass, Result, Skip, Stale

COULD_NOT_RUN = 3


@dataclass(frozen=True, slots=True)
class Suite:
    """The one session that all tests share."""

    session: Session
    expected: Mapping[str, Expectation]

    @property
    def target(self) -> Target:
        """The backend under test."""
        return self.session.target

    def run(self, check: Check) -> Result:
        """Run one check; end the run where the target is lost."""
        try:
            return self.count(run_check(check, self.session))
        except CannotRun as problem:
            pytest.exit(str(problem), returncode=COULD_NOT_RUN)

    def count(self, result: Result) -> Result:
        """Return a result as it is shown and counts."""
        shown = redact_result(self.target, result)
        if self.session.other is not None:
            shown = redact_result(self.session.other, shown)
        return apply_expectations(shown, self.expected, datetime.now(UTC).date())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, named as on the command line."""
    group = parser.getgroup("orchestrator-conformance")
    group.addoption("--target", metavar="URL", help="base URL of the backend, up to the base path")
    group.addoption("--token-env", metavar="NAME", help="environment variable that holds the bearer token")
    group.addoption("--other-token-env", metavar="NAME", help="the same of a second user with fewer rights")
    group.addoption(
        "--header", action="append", default=[], metavar="'NAME: VALUE'", help="sent with every request"
    )
    group.addoption(
        "--allow-runs", default="", metavar="ID[,ID...]", help="workflows that may be started, or all"
    )
    group.addoption("--profile", choices=("read-only", "standard", "full"), help="what the target claims")
    group.addoption("--claims", type=Path, metavar="FILE", help="TOML with profile, claim and disclaim")
    group.addoption("--claim", default="", metavar="FEATURE[,...]", help="features that must be there")
    group.addoption("--disclaim", default="", metavar="FEATURE[,...]", help="features that are left alone")
    group.addoption(
        "--expected-failures", type=Path, metavar="FILE", help="TOML with the requirements known to fail"
    )
    group.addoption("--spec", type=Path, metavar="FILE", help="the document to hold against")
    group.addoption("--seed", type=int, default=0, metavar="N", help="of all that is drawn")
    group.addoption(
        "--patience",
        type=float,
        default=CONSISTENCY_CEILING,
        metavar="SECONDS",
        help="until what was done shows",
    )
    group.addoption(
        "--max-examples", type=int, default=MAX_EXAMPLES, metavar="N", help="generated requests of a kind"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test for each requirement that follows from an operation of the document."""
    if "operation_requirement" in metafunc.fixturenames:
        contract = _load(metafunc.config)
        ids = [
            requirement_of(operation, aspect).id
            for operation in contract.operations.values()
            for aspect in aspects_of(operation)
        ]
        metafunc.parametrize("operation_requirement", ids)


@pytest.fixture(scope="session")
def contract(pytestconfig: pytest.Config) -> Contract:
    """Load the document that the target is held against."""
    return _load(pytestconfig)


@pytest.fixture(scope="session")
def suite(pytestconfig: pytest.Config, contract: Contract) -> Iterator[Suite]:
    """Open a session with the target, once it has been probed; in the end, abort what it started."""
    url = pytestconfig.getoption("--target")
    if not url:
        pytest.exit("orchestrator-conformance: name a target with --target URL", returncode=COULD_NOT_RUN)
    allowed_runs = read_allowed_runs(pytestconfig.getoption("--allow-runs"))
    try:
        headers = read_headers(
            pytestconfig.getoption("--token-env"), pytestconfig.getoption("--header"), os.environ
        )
        others = read_headers(
            pytestconfig.getoption("--other-token-env"), [], os.environ, "--other-token-env"
        )
        with Target(url, headers) as target, Target(url, others) as other:
            target.probe(contract)
            session = Session(
                target,
                contract,
                pytestconfig.getoption("--seed"),
                allowed_runs,
                Ledger(contract),
                pytestconfig.getoption("--patience"),
                claims=_choose_claims(pytestconfig, may_run=allowed_runs is not None),
                other=other if others else None,
                effort=pytestconfig.getoption("--max-examples"),
            )
            try:
                yield Suite(session, _read_expectations(pytestconfig, contract))
            finally:
                clean_up(session)
    except CannotRun as problem:
        pytest.exit(f"orchestrator-conformance: {problem}", returncode=COULD_NOT_RUN)


@pytest.fixture(scope="session")
def operations(suite: Suite, pytestconfig: pytest.Config) -> dict[str, Result]:
    """Send what the document allows and forbids; return what came of every operation's requirements."""
    session = suite.session
    try:
        for _ in explore(session, pytestconfig.getoption("--max-examples")):
            pass
    except CannotRun as problem:
        pytest.exit(f"orchestrator-conformance: {problem}", returncode=COULD_NOT_RUN)
    results = session.ledger.results(may_run=session.allowed_runs is not None, claims=session.claims)
    return {each.requirement.id: suite.count(each) for each in results}


def settle(target: Target, result: Result) -> None:
    """End a test as its outcome says: what is not decided is not passed, and a SHOULD never fails."""
    requirement = result.requirement
    head = f"{requirement.id} {requirement.level} {requirement.sentence} ({requirement.pointer})"
    match result.outcome:
        case Pass():
            return
        case Skip(reason):
            pytest.skip(reason)
        case Known(reason, failure):
            pytest.xfail(f"known: {reason}; expected {failure.expected}; found {failure.found}")
        case Stale(reason):
            pytest.fail(f"{head}\nexpected to fail, and holds: take the entry out ({reason})", pytrace=False)
        case Fail(expected, found, evidence, causes):
            lines = [head, f"expected {expected}", f"found {found}"]
            lines += [f"it behaves as if {cause}" for cause in causes[:1]]
            for each in evidence[:1]:
                lines.append(write_curl(each.request, target.base_url, has_token=target.has_token))
                lines.append(f"{each.response.status} {show_body(each.response.body)}")
            _end(requirement.level, "\n".join(lines))
        case Inconclusive(missing):
            _end(requirement.level, f"{head}\ncould not be decided, for want of: {missing}")
        case Error(traceback):
            pytest.fail(f"{head}\nthe suite itself failed:\n{traceback}", pytrace=False)


def _end(level: str, message: str) -> None:
    if level == "MUST":
        pytest.fail(message, pytrace=False)
    pytest.xfail(message)


def _choose_claims(config: pytest.Config, *, may_run: bool) -> Claims:
    return choose_claims(
        config.getoption("--profile"),
        config.getoption("--claims"),
        config.getoption("--claim"),
        config.getoption("--disclaim"),
        may_run=may_run,
    )


def _read_expectations(config: pytest.Config, contract: Contract) -> dict[str, Expectation]:
    path = config.getoption("--expected-failures")
    return {} if path is None else read_expectations(path, (each.id for each in iter_requirements(contract)))


def _load(config: pytest.Config) -> Contract:
    try:
        return load_contract(config.getoption("--spec"))
    except UnusableDocument as problem:
        pytest.exit(f"orchestrator-conformance: {problem}", returncode=COULD_NOT_RUN)
