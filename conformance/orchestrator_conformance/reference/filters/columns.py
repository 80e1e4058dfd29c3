"""The columns by which instances and workflows can be filtered and sorted."""

from __future__ import annotations

from typing import Any, Final

from ..lifecycle.instance import Instance
from ..overviews.workflow import Workflow
from .table import Column, ColumnType, Table


def _read_variables(instance: Instance) -> dict[str, Any]:
    return {
        "initiatorEntity": instance.initiator,
        "targetEntity": instance.target,
        "workflowdata": instance.workflow_data,
    }


INSTANCES: Final[Table[Instance]] = Table(
    columns={
        "id": Column(ColumnType.ID, lambda instance: instance.id),
        "processId": Column(ColumnType.TEXT, lambda instance: instance.workflow.id),
        "processName": Column(ColumnType.TEXT, lambda instance: instance.workflow.name),
        "version": Column(ColumnType.TEXT, lambda instance: instance.workflow.version),
        "description": Column(ColumnType.TEXT, lambda instance: instance.workflow.description),
        "endpoint": Column(ColumnType.TEXT, lambda instance: instance.workflow.endpoint),
        "serviceUrl": Column(ColumnType.TEXT, lambda instance: instance.workflow.service_url),
        "state": Column(ColumnType.STATE, lambda instance: instance.state),
        "start": Column(ColumnType.DATE, lambda instance: instance.start),
        "end": Column(ColumnType.DATE, lambda instance: instance.end),
        "duration": Column(ColumnType.SPAN, lambda instance: instance.length),
        "variables": Column(
            ColumnType.OBJECT,
            _read_variables,
            {
                "initiatorEntity": ColumnType.TEXT,
                "targetEntity": ColumnType.TEXT,
                "workflowdata": ColumnType.VARIABLE,
            },
        ),
    },
    default_order="start",
    read_id=lambda instance: instance.id,
)

WORKFLOWS: Final[Table[Workflow]] = Table(
    columns={
        "id": Column(ColumnType.ID, lambda workflow: workflow.id),
        "name": Column(ColumnType.TEXT, lambda workflow: workflow.name),
        "version": Column(ColumnType.TEXT, lambda workflow: workflow.version),
        "description": Column(ColumnType.TEXT, lambda workflow: workflow.description),
        "endpoint": Column(ColumnType.TEXT, lambda workflow: workflow.endpoint),
        "serviceUrl": Column(ColumnType.TEXT, lambda workflow: workflow.service_url),
    },
    default_order="id",
    read_id=lambda workflow: workflow.id,
)
