from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import jsonschema_rs
import pytest
import yaml
from orchestrator_conformance.reference.errors import BadRequest, NotFound
from orchestrator_conformance.reference.inputs import check_inputs
from orchestrator_conformance.reference.lifecycle.instance import Instance, RunState
from orchestrator_conformance.reference.lifecycle.instants import (
    describe_span,
    format_instant,
    parse_instant,
    to_milliseconds,
)
from orchestrator_conformance.reference.listing.seed import seeded_instances
from orchestrator_conformance.reference.overviews.catalogue import find_workflow, load_catalogue
from orchestrator_conformance.reference.overviews.statistics import latest_run, run_statistics
from orchestrator_conformance.reference.overviews.workflow import Behaviour

from ..support.reference_api import INPUTS, NOW

CATALOGUE = load_catalogue()
SAMPLES = seeded_instances(CATALOGUE)


def test_each_behaviour_has_one_workflow() -> None:
    assert {workflow.behaviour for workflow in CATALOGUE.values()} == set(Behaviour)
    assert len(CATALOGUE) == len(Behaviour)
    assert {workflow.format for workflow in CATALOGUE.values()} == {"yaml", "json"}


@pytest.mark.parametrize("workflow_id", CATALOGUE)
def test_the_source_is_the_text_of_the_definition(workflow_id: str) -> None:
    workflow = CATALOGUE[workflow_id]
    definition = json.loads(workflow.source) if workflow.format == "json" else yaml.safe_load(workflow.source)
    assert (definition["id"], definition["specVersion"]) == (workflow_id, "0.8")
    assert definition["start"] in workflow.states


def test_one_workflow_has_no_input_schema() -> None:
    assert [workflow.id for workflow in CATALOGUE.values() if not workflow.input_schema] == [
        "refresh-search-index"
    ]


@pytest.mark.parametrize("workflow_id", CATALOGUE)
def test_the_input_schemas_are_valid_and_accept_valid_inputs(workflow_id: str) -> None:
    workflow = CATALOGUE[workflow_id]
    assert jsonschema_rs.meta.is_valid(workflow.input_schema)
    check_inputs(workflow, INPUTS[workflow_id])


@pytest.mark.parametrize(
    ("workflow_id", "changes", "place"),
    [
        ("create-service", {"name": None}, "inputData/name"),
        ("create-service", {"language": "cobol"}, "inputData/language"),
        ("create-service", {"replicas": 1.5}, "inputData/replicas"),
        ("request-access", {"days": "7"}, "inputData/days"),
        ("request-access", {"days": 91}, "inputData/days"),
        ("provision-database", {"backup": {"enabled": "yes"}}, "inputData/backup/enabled"),
    ],
)
def test_invalid_inputs_are_rejected_without_repeating_their_values(
    workflow_id: str, changes: dict[str, object], place: str
) -> None:
    with pytest.raises(BadRequest, match=place) as refused:
        check_inputs(CATALOGUE[workflow_id], {**INPUTS[workflow_id], **changes})
    assert "cobol" not in refused.value.message


def test_the_message_names_a_missing_input() -> None:
    with pytest.raises(BadRequest, match='"language" is a required property'):
        check_inputs(CATALOGUE["create-service"], {"name": "x"})


def test_an_unknown_workflow_is_not_found() -> None:
    with pytest.raises(NotFound, match="'nope'"):
        find_workflow(CATALOGUE, "nope")


def test_the_samples_are_varied() -> None:
    assert len(SAMPLES) >= 24
    assert {run.state for run in SAMPLES} == set(RunState)
    assert {run.workflow.id for run in SAMPLES} == set(CATALOGUE)
    assert len({run.initiator for run in SAMPLES}) >= 3
    assert len({run.target for run in SAMPLES}) >= 4
    assert any(run.target is None for run in SAMPLES)
    assert max(Counter(run.start for run in SAMPLES).values()) > 2
    assert len({run.start for run in SAMPLES}) > 10


def test_the_samples_are_reproducible() -> None:
    assert seeded_instances(load_catalogue()) == SAMPLES
    assert len({run.id for run in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("run", SAMPLES, ids=lambda run: run.id)
def test_the_fields_of_a_sample_match_its_state(run: Instance) -> None:
    check_inputs(run.workflow, run.inputs)
    assert run.nodes
    assert (run.end is not None) == run.is_finished
    assert (run.failure is not None) == (run.state is RunState.ERROR)
    assert (run.result is not None) == (run.state is RunState.COMPLETED)
    assert run.due is None
    assert run.end is None or run.end > run.start
    assert run.start == to_milliseconds(run.start)


def test_statistics_on_runs() -> None:
    runs = [run for run in SAMPLES if run.workflow.id == "provision-database"]
    figures = run_statistics(runs, NOW)
    assert (figures.total, figures.succeeded, figures.failed) == (6, 2, 2)
    assert figures.success_ratio == pytest.approx(1 / 3)
    assert figures.average_milliseconds == (310 + 275) * 1000 / 2
    assert figures.last_month == 6
    assert run_statistics(runs, NOW + timedelta(days=22)).last_month == 3
    latest = latest_run(runs)
    assert latest is not None
    assert latest.start == max(run.start for run in runs)


def test_statistics_without_runs() -> None:
    figures = run_statistics([], NOW)
    assert (figures.total, figures.success_ratio, figures.average_milliseconds) == (0, None, None)
    assert latest_run([]) is None


def test_of_runs_with_equal_starts_the_one_with_the_greatest_id_is_the_latest() -> None:
    together = [run for run in SAMPLES if run.start == parse_instant("2025-03-03T08:00:00Z")]
    for runs in (together, together[::-1]):
        latest = latest_run(runs)
        assert latest is not None
        assert latest.id == max(run.id for run in runs)


def test_a_formatted_instant_is_parsed_to_the_same_instant() -> None:
    instant = datetime(2025, 3, 1, 8, 0, 0, 123_999, tzinfo=UTC)
    assert format_instant(instant) == "2025-03-01T08:00:00.123Z"
    assert parse_instant(format_instant(instant)) == to_milliseconds(instant)
    assert parse_instant("2025-03-01T09:00:00+01:00") == parse_instant("2025-03-01T08:00:00")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1.9, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3_725, "1 hour"),
        (172_800, "2 days"),
    ],
)
def test_a_span_is_described_in_words(seconds: float, words: str) -> None:
    assert describe_span(timedelta(seconds=seconds)) == words
