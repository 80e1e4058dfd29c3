"""The automatic mutants that the suite does not have to kill, each with the reason.

No client can distinguish an `EQUIVALENT` mutant from the original. A client can distinguish an `ALLOWED` one, and the
contract allows both. An `UNDECIDED` one has no data that a check could use, and the check is inconclusive. All other
mutants have to be killed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_STUBS: Final = "The server stubs reject everything that is not a filter before it is parsed."
_ONE: Final = "The list has one criterion at that point, which is both the first and the last."
_ENDED: Final = "Every run that is COMPLETED has an end."
_INSTANT: Final = "It differs only at one exact millisecond, which no client can hit."
_SAMPLES: Final = "Every workflow has sample runs, and some of them are COMPLETED."
_DEFAULTS: Final = (
    "The backend passes both arguments, and the code that creates the sample runs does not use them."
)
_NO_DELAY: Final = "Instances are visible from their start unless the settings define a delay."
_NO_END: Final = "An instance in ERROR has no end."
_DUE: Final = "`due` is used only for ACTIVE instances."
_GIVEN: Final = "The backend is created without a store, and with settings that request the sample runs."
_DUMP: Final = "The models write JSON with wire names by default."

EQUIVALENT: Final[Mapping[str, str]] = {
    "criteria.py:parse_criterion if criterion is None to False": _STUBS,
    "criteria.py:_parse_one_of if not isinstance(data, Mapping) to False": _STUBS,
    "criteria.py:_parse_one_of if found to True": _STUBS,
    "criteria.py:_parse_logical if part is not None to True": _STUBS,
    "criteria.py:_parse_logical if len(known) == len(parts) to True": _STUBS,
    "criteria.py:_parse_one_of 0 to -1": _ONE,
    "statistics.py:run_statistics if run.length is not None to True": _ENDED,
    "statistics.py:run_statistics <= to < #2": _INSTANT,
    "statistics.py:run_statistics if runs to True": _SAMPLES,
    "statistics.py:run_statistics if lengths to True": _SAMPLES,
    "statistics.py:latest_run drop default=": _SAMPLES,
    "lifecycle.py:Lifecycle.__init__ 0 to 1": _DEFAULTS,
    "lifecycle.py:Lifecycle.__init__ 0 to -1": _DEFAULTS,
    "lifecycle.py:Lifecycle.__init__ 0 to 1 #2": _DEFAULTS,
    "lifecycle.py:Lifecycle.__init__ 0 to -1 #2": _DEFAULTS,
    "lifecycle.py:Lifecycle.start drop visible_from=": _NO_DELAY,
    "lifecycle.py:Lifecycle.start + to -": _NO_DELAY,
    "lifecycle.py:Lifecycle.retrigger drop end=": _NO_END,
    "lifecycle.py:Lifecycle.abort drop due=": _DUE,
    "lifecycle.py:Lifecycle.complete drop due=": _DUE,
    "lifecycle.py:Lifecycle.settle <= to <": _INSTANT,
    "instance_store.py:InstanceStore.visible if instance.visible_from <= now to True": _NO_DELAY,
    "instance_store.py:InstanceStore.find if instance is not None and instance.visibl... to True": _NO_DELAY,
    "backend.py:ReferenceBackend.__init__ if store is None to True": _GIVEN,
    "backend.py:ReferenceBackend.__init__ if self.settings.seeded to True": _GIVEN,
    "backend.py:read_query drop mode=": _DUMP,
    "backend.py:read_query drop by_alias=": _DUMP,
}

_DEPTH: Final = "The limit for the depth of a filter is left open, and no check uses 64 levels."
_UNKNOWN_MEMBER: Final = (
    "The effect of an unknown member of a filter is left open, and the mutant needs one called `filters`."
)
_EMPTY_LIST: Final = "The meaning of an empty list is left open."
_NOT_OF_MANY: Final = "The meaning of NOT of several filters is left open."
_PAIR: Final = (
    "A backend may reject an operator or a value that does not fit the type of the field, but need not."
)
_SHAPE: Final = (
    "The effect of an operator on another shape of value, such as BETWEEN on a list of three, is left open."
)
_ERROR: Final = "Both answer with an error, and which one is left open."
_WORDING: Final = "Both answer with the same error, with a different message."
_INTO_TEXT: Final = "A backend may reject a filter on a member of a text, but need not."
_COUNTS: Final = "The meaning of a count that is negative or not an integer is left open."
_MONTH: Final = "The start of the last month is left open."
_UNIT: Final = "The unit of the average time is left open."
_FIGURE: Final = "Every figure is optional."
_OTHERS: Final = (
    "It shows only on a sample run in ERROR, and the suite does not retrigger runs that it did not start."
)
_ERROR_AGAIN: Final = "A retriggered run may return to ERROR."
_STEPS: Final = "Which steps a run goes through, when it leaves them and in which one it fails is left open."
_RESULT: Final = "A run need not produce a result from its inputs."
_SILENT: Final = "An instance need not show an error, so no instance has to."
_PAST_ERROR: Final = "Whether a run that is no longer in ERROR shows its earlier error is left open."
_NO_SCHEMA: Final = "`inputSchema` is optional in the answer."
_HISTORY: Final = "A log may be empty."
_LATE: Final = "An instance may become visible with a delay, which is one millisecond here."
_SETTINGS: Final = "The settings change only the duration of a run here, which is left open."
_ANOTHERS: Final = "The answer for an instance under the path of another workflow is left open."
_RAW: Final = "The form of raw and other log entries is left open."
_INPUTS: Final = "A workflow may reject inputs that break its schema, but need not."
_ECHO: Final = "The `paginationInfo` of an answer may be empty."
_TOTAL: Final = "`totalCount` is optional in a list."
_NO_LOG: Final = "A deployment may have no log provider."

ALLOWED: Final[Mapping[str, str]] = {
    "criteria.py:module 64 to 65": _DEPTH,
    "criteria.py:module 64 to 63": _DEPTH,
    "criteria.py:parse_criterion 1 to 2": _DEPTH,
    "criteria.py:parse_criterion 1 to 0": _DEPTH,
    "criteria.py:_parse_one_of if depth > MAX_DEPTH to False": _DEPTH,
    "criteria.py:_parse_one_of > to >=": _DEPTH,
    "criteria.py:_parse_logical + to -": _DEPTH,
    "criteria.py:_parse_logical 1 to 2": _DEPTH,
    "criteria.py:_parse_logical 1 to 0": _DEPTH,
    "criteria.py:_parse_nested + to -": _DEPTH,
    "criteria.py:_parse_nested 1 to 2": _DEPTH,
    "criteria.py:_parse_nested 1 to 0": _DEPTH,
    "criteria.py:_parse_logical or to and": _UNKNOWN_MEMBER,
    "criteria.py:_freeze all to any": _EMPTY_LIST,
    "filtering.py:Filtering.logical_predicate any to all #2": _NOT_OF_MANY,
    "filtering.py:Filtering.field_predicate if operator not in OPERATORS[column.type] to False": _PAIR,
    "filtering.py:read_item if not isinstance(value, str) to False": _PAIR,
    "filtering.py:read_item if column_type is ColumnType.VARIABLE to False": _PAIR,
    "filtering.py:Filtering.read_value if not isinstance(value, bool) to False": _SHAPE,
    "filtering.py:Filtering.read_value if not isinstance(value, tuple) to False": _SHAPE,
    "filtering.py:Filtering.read_value if not isinstance(value, tuple) or len(valu... to False": _SHAPE,
    "filtering.py:Filtering.read_value or to and": _SHAPE,
    "filtering.py:read_item if isinstance(value, tuple) to False": _SHAPE,
    "table.py:Table.sort_column if column is None or column.type in _UNSORT... to False": _ERROR,
    "table.py:Table.sort_column or to and": _ERROR,
    "table.py:Table.resolve if column is None to False": _ERROR,
    "table.py:Table.resolve if member is None to False": _ERROR,
    "table.py:Table.sort_keys return []": _WORDING,
    "table.py:Table.sort_keys if column.type not in _UNSORTABLE to True": _WORDING,
    "table.py:Table.sort_keys if column.type not in _UNSORTABLE to False": _WORDING,
    "table.py:Table.sort_keys not in to in": _WORDING,
    "table.py:Table.resolve if column.type is not ColumnType.OBJECT to False": _WORDING,
    "table.py:Table.resolve if len(path) > 2 and member is not ColumnTy... to False": _INTO_TEXT,
    "table.py:Table.resolve 2 to 3": _INTO_TEXT,
    "search.py:_parse_count if value < 0 or (isinstance(value, float) a... to False": _COUNTS,
    "search.py:_parse_count or to and": _COUNTS,
    "search.py:_parse_count 0 to -1": _COUNTS,
    "statistics.py:module drop days=": _MONTH,
    "statistics.py:module 30 to 31": _MONTH,
    "statistics.py:module 30 to 29": _MONTH,
    "statistics.py:run_statistics <= to <": _MONTH,
    "statistics.py:run_statistics - to +": _MONTH,
    "statistics.py:run_statistics 1000 to 1001": _UNIT,
    "statistics.py:run_statistics 1000 to 999": _UNIT,
    "statistics.py:run_statistics if run.length is not None to False": _FIGURE,
    "statistics.py:run_statistics is not to is": _FIGURE,
    "statistics.py:run_statistics if runs to False": _FIGURE,
    "statistics.py:run_statistics if lengths to False": _FIGURE,
    "lifecycle.py:Lifecycle.retrigger drop self.check_service(...)": _OTHERS,
    "lifecycle.py:Lifecycle.retrigger drop state=": _OTHERS,
    "lifecycle.py:Lifecycle.retrigger drop failure=": _PAST_ERROR,
    "lifecycle.py:Lifecycle.abort drop failure=": _PAST_ERROR,
    "lifecycle.py:Lifecycle.leave_nodes if node.exited is not None to True": _STEPS,
    "lifecycle.py:Lifecycle.leave_nodes is not to is": _STEPS,
    "lifecycle.py:Lifecycle.leave_nodes drop exited=": _STEPS,
    "lifecycle.py:Lifecycle.leave_nodes drop nodes=": _STEPS,
    "backend.py:ReferenceBackend.get_workflow_input_schema_by_id drop input_schema=": _NO_SCHEMA,
    "backend.py:ReferenceBackend.get_workflow_input_schema_by_id drop input_schema= #2": _NO_SCHEMA,
    "lifecycle.py:Lifecycle.retrigger False to True": _ERROR_AGAIN,
    "lifecycle.py:Lifecycle.run_on if is_first to True": _ERROR_AGAIN,
    "lifecycle.py:Lifecycle.begin 0 to 1": _STEPS,
    "lifecycle.py:Lifecycle.begin 0 to -1": _STEPS,
    "lifecycle.py:Lifecycle.complete drop lower bound len(instance.nodes) - 1": _STEPS,
    "lifecycle.py:Lifecycle.complete - to +": _STEPS,
    "lifecycle.py:Lifecycle.complete 1 to 2": _STEPS,
    "lifecycle.py:Lifecycle.complete 1 to 0": _STEPS,
    "lifecycle.py:Lifecycle.complete drop left = ... #2": _STEPS,
    "lifecycle.py:Lifecycle.fail 1 to 2": _STEPS,
    "lifecycle.py:Lifecycle.fail 1 to 0": _STEPS,
    "lifecycle.py:Lifecycle.leave_nodes if node.exited is not None to False": _STEPS,
    "lifecycle.py:Lifecycle.fail drop failure=": _SILENT,
    "lifecycle.py:Lifecycle.complete drop result=": _RESULT,
    "lifecycle.py:Lifecycle.record drop events=": _HISTORY,
    "instance_store.py:InstanceStore.visible <= to <": _LATE,
    "instance_store.py:InstanceStore.find <= to <": _LATE,
    "instance_store.py:InstanceStore.find and to or": _ERROR,
    "backend.py:ReferenceBackend.__init__ or to and": _SETTINGS,
    "backend.py:ReferenceBackend.find_instance if instance is None to False": _ERROR,
    "backend.py:ReferenceBackend.find_instance_of drop find_workflow(...)": _WORDING,
    "backend.py:ReferenceBackend.find_instance_of if instance.workflow.id != workflow_id to False": _ANOTHERS,
    "backend.py:ReferenceBackend.get_workflow_log_by_id False to True": _RAW,
    "backend.py:ReferenceBackend.execute_workflow drop check_inputs(...)": _INPUTS,
    "backend.py:ReferenceBackend.instance_list drop pagination_info=": _ECHO,
    "backend.py:ReferenceBackend.get_workflows_overview drop pagination_info=": _ECHO,
    "backend.py:ReferenceBackend.get_workflows_overview_for_entity drop pagination_info=": _ECHO,
    "backend.py:echo_paging if body is None to True": _ECHO,
    "backend.py:echo_paging if asked is None to True": _ECHO,
    "backend.py:echo_paging if asked is None to False": _ECHO,
    "backend.py:echo_paging is to is not #2": _ECHO,
    "backend.py:ReferenceBackend.instance_list drop total_count=": _TOTAL,
    "backend.py:ReferenceBackend.get_workflow_log_by_id drop is_raw=": _NO_LOG,
}

_NOTHING: Final = "A backend may have no data."
_DOWN: Final = "A service may be down although no availability check reports it."
_NEVER_FAILS: Final = "A backend need not have a run that fails."
_NEVER_ENDS: Final = "A run may take any amount of time."

UNDECIDED: Final[Mapping[str, str]] = {
    "search.py:Search.select return []": _NOTHING,
    "search.py:Search.order if column.read(row) is not None to False": _NOTHING,
    "search.py:Search.order return []": _NOTHING,
    "search.py:Search.cut return []": _NOTHING,
    "backend.py:ReferenceBackend.get_workflows_overview drop overviews=": _NOTHING,
    "backend.py:ReferenceBackend.__init__ if self.settings.seeded to False": _NOTHING,
    "lifecycle.py:Lifecycle.__init__ drop self.moment = ...": _DOWN,
    "lifecycle.py:Lifecycle.start True to False": _NEVER_FAILS,
    "lifecycle.py:Lifecycle.run_on if is_first to False": _NEVER_FAILS,
    "lifecycle.py:Lifecycle.fail drop state=": _NEVER_FAILS,
    "lifecycle.py:Lifecycle.settle if instance.state is RunState.ACTIVE and in... to False": _NEVER_ENDS,
    "lifecycle.py:Lifecycle.settle is to is not": _NEVER_ENDS,
    "lifecycle.py:Lifecycle.run_on drop due=": _NEVER_ENDS,
}
