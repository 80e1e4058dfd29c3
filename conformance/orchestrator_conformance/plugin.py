"""The pytest plugin of the suite: its options, and one session for all tests. Load it with `-p`.

It is not a `pytest11` entry point, because that would load it into the pytest of everyone who installs the client.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .check_running import redact_result, run_check
from .checks.check import Check
from .commands.target_options import choose_claims, read_allowed_runs, read_headers
from .contract.cannot_run import CannotRun
from .contract.contract import Contract, UnusableDocument, load_contract
from .contract.features import Claims
from .contract.requirements import aspects_of, requirement_of
from .fuzz.exploration import explore
from .runner import MAX_EXAMPLES
from .session.causes import CauseFinder
from .session.clean_up import clean_up
from .session.session import CONSISTENCY_CEILING, Session
from .statements import iter_requirements
from .target.curl import write_curl
from .target.exchange import show_body
from .target.outage import TargetDown
from .target.pacing import Pacing
from .target.target import Target
from .verdict.expected_failures import Expectation, apply_expectations, read_expectations
from .verdict.ledger import Ledger
from .verdict.outcome import Error, Fail, Inconclusive, Known, Pass, Result, Skip, Stale, Verdict

COULD_NOT_RUN = 3


@dataclass(frozen=True, slots=True)
class Suite:
    """The session that all tests share, and what explains the failures in it."""

    session: Session
    expected: Mapping[str, Expectation]
    causes: CauseFinder = field(default_factory=CauseFinder)

    @property
    def target(self) -> Target:
        """The backend under test."""
        return self.session.target

    def run(self, check: Check) -> Result:
        """Run one check; end the pytest run if the target is lost."""
        try:
            return self.count(run_check(check, self.session, self.causes))
        except CannotRun as problem:
            pytest.exit(str(problem), returncode=_choose_code(problem))

    def count(self, result: Result) -> Result:
        """Return the result with secrets redacted and expected failures applied."""
        shown = redact_result(self.target, result)
        if self.session.other is not None:
            shown = redact_result(self.session.other, shown)
        return apply_expectations(shown, self.expected, datetime.now(UTC).date())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, which have the same names as on the command line."""
    group = parser.getgroup("orchestrator-conformance")
    group.addoption("--target", metavar="URL", help="base URL of the backend, up to the base path")
    group.addoption("--token-env", metavar="NAME", help="environment variable that holds the bearer token")
    group.addoption(
        "--other-token-env",
        metavar="NAME",
        help="environment variable that holds the token of a second user with fewer rights",
    )
    group.addoption(
        "--header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="header to send with every request",
    )
    group.addoption(
        "--allow-runs", default="", metavar="ID[,ID...]", help="workflows that may be started, or all"
    )
    group.addoption(
        "--profile", choices=("read-only", "standard", "full"), help="features that the target claims"
    )
    group.addoption("--claims", type=Path, metavar="FILE", help="TOML file with profile, claim and disclaim")
    group.addoption(
        "--claim", default="", metavar="FEATURE[,...]", help="further features that the target claims"
    )
    group.addoption(
        "--disclaim", default="", metavar="FEATURE[,...]", help="features that the target does not have"
    )
    group.addoption(
        "--expected-failures",
        type=Path,
        metavar="FILE",
        help="TOML file with the requirements that are known to fail",
    )
    group.addoption("--spec", type=Path, metavar="FILE", help="OpenAPI document to test against")
    group.addoption("--seed", type=int, default=0, metavar="N", help="seed of all random choices")
    group.addoption(
        "--patience",
        type=float,
        default=CONSISTENCY_CEILING,
        metavar="SECONDS",
        help="how long to wait for an action to show",
    )
    group.addoption("--rate", type=float, metavar="N", help="maximum number of requests per second")
    group.addoption(
        "--max-examples",
        type=int,
        default=MAX_EXAMPLES,
        metavar="N",
        help="number of generated requests of each kind per operation",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Create one test for each requirement of an operation of the document."""
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
    """Load the document that the target is tested against."""
    return _load(pytestconfig)


@pytest.fixture(scope="session")
def suite(pytestconfig: pytest.Config, contract: Contract) -> Iterator[Suite]:
    """Probe the target and open a session; at the end, abort the runs that it started."""
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
        pacing = Pacing(pytestconfig.getoption("--rate"))
        with (
            Target(url, headers, pacing=pacing) as target,
            Target(url, others, pacing=pacing) as other,
        ):
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
        pytest.exit(f"orchestrator-conformance: {problem}", returncode=_choose_code(problem))


def _choose_code(problem: CannotRun) -> int:
    return int(Verdict.UNDECIDED) if isinstance(problem, TargetDown) else COULD_NOT_RUN


@pytest.fixture(scope="session")
def operations(suite: Suite, pytestconfig: pytest.Config) -> dict[str, Result]:
    """Send valid and invalid requests to every operation; return the results of the operations' requirements by id."""
    session = suite.session
    try:
        for _ in explore(session, pytestconfig.getoption("--max-examples")):
            pass
    except CannotRun as problem:
        pytest.exit(f"orchestrator-conformance: {problem}", returncode=_choose_code(problem))
    results = session.ledger.results(may_run=session.allowed_runs is not None, claims=session.claims)
    return {each.requirement.id: suite.count(each) for each in results}


def settle(target: Target, result: Result) -> None:
    """End a test according to its outcome. An undecided MUST fails; a SHOULD never fails."""
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
            pytest.fail(
                f"{head}\nexpected to fail, but holds: remove the entry from the file of expected failures ({reason})",
                pytrace=False,
            )
        case Fail(expected, found, evidence, causes):
            lines = [head, f"expected {expected}", f"found {found}"]
            lines += [f"it behaves as if {cause}" for cause in causes[:1]]
            for each in evidence[:1]:
                lines.append(write_curl(each.request, target.base_url, has_token=target.has_token))
                lines.append(f"{each.response.status} {show_body(each.response.body)}")
            _end(requirement.level, "\n".join(lines))
        case Inconclusive(missing):
            _end(requirement.level, f"{head}\ncould not be decided; missing: {missing}")
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
