"""Unions of models with short error messages: a value that fits no model gets the errors of the most likely one.

The accepted values, and the models that they become, are those of pydantic's plain union. The most likely model is
found by the names of the properties of the value, and by properties with a fixed set of values.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, Literal, TypeGuard, Union, cast, get_args, get_origin

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import (
    CoreSchema,
    ErrorDetails,
    InitErrorDetails,
    PydanticCustomError,
    core_schema,
)

from ._model import Model

# The label of a JSON value that may fit several models: the plain union then chooses.
_OPEN = "(...)"

_PYDANTICS_OWN = frozenset[str](get_args(core_schema.ErrorType))
_LABEL = re.compile(r"\(.+\)|(?:literal|[a-z-]*enum|function-[a-z]+)\[.*\]")


def drop_labels(at: Sequence[int | str]) -> tuple[int | str, ...]:
    """Return the location `at` of an error without the labels of union branches."""
    return tuple(part for part in at if not (isinstance(part, str) and _LABEL.fullmatch(part)))


@dataclass(frozen=True)
class Branch:
    """One model of a union, with the properties that distinguish it from the others."""

    model: type[Model]

    @property
    def label(self) -> str:
        """The label of the model in the locations of errors, which pydantic requires for a tagged union."""
        return f"({self.model.__name__})"

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The attribute for each name: attribute names and wire names."""
        fields = self.model.model_fields
        return {name: name for name in fields} | {
            field.alias: name for name, field in fields.items() if field.alias
        }

    @cached_property
    def required(self) -> frozenset[str]:
        """The required attributes."""
        return frozenset(name for name, field in self.model.model_fields.items() if field.is_required())

    @cached_property
    def choices(self) -> Mapping[str, frozenset[str]]:
        """The allowed strings of each attribute that is restricted to a fixed set of strings."""
        found = {name: _find_strings(field.annotation) for name, field in self.model.model_fields.items()}
        return {name: texts for name, texts in found.items() if texts}

    @cached_property
    def _needed(self) -> Sequence[frozenset[str]]:
        return [self._names_of(name) for name in self.required]

    @cached_property
    def _chosen(self) -> Sequence[tuple[frozenset[str], frozenset[str]]]:
        return [(self._names_of(name), texts) for name, texts in self.choices.items()]

    def _names_of(self, attribute: str) -> frozenset[str]:
        # Not from `names`: the name of one attribute may be the wire name of another, and then it counts for both.
        return frozenset({attribute, self.model.model_fields[attribute].alias or attribute})

    def fits(self, value: Mapping[str, object]) -> bool:
        """Return whether `value` has all required properties and no string outside a fixed set."""
        for names in self._needed:
            if names.isdisjoint(value):
                return False
        for names, texts in self._chosen:
            items = [value[name] for name in names if name in value]
            if items and all(isinstance(item, str) and item not in texts for item in items):
                return False
        return True

    def score(self, value: Mapping[str, object]) -> tuple[int, int]:
        """Return how well `value` matches this branch, to be compared with other branches.

        The first number counts only the properties with a single allowed value, the second all properties.
        """
        sent = self._find_sent(value)
        wrong = set(self._list_wrong(sent))
        constant = {name for name, texts in self.choices.items() if len(texts) == 1 and name in sent}
        right = (self.choices.keys() & sent.keys()) - wrong
        surplus = value.keys() - self.names.keys() if self.model.model_config.get("extra") == "forbid" else ()
        names = len(sent) - len(self.required - sent.keys()) - len(surplus)
        return len(constant - wrong) - len(constant & wrong), names + len(right) - len(wrong)

    def shares_names(self, value: Mapping[str, object]) -> bool:
        """Return whether any property of `value` is one of the model's."""
        return bool(self._find_sent(value))

    def _find_sent(self, value: Mapping[str, object]) -> dict[str, list[object]]:
        """Return the values that were sent for each attribute: two if it was sent under both of its names."""
        sent: dict[str, list[object]] = {}
        for name, item in value.items():
            if name in self.names:
                sent.setdefault(self.names[name], []).append(item)
        return sent

    def _list_wrong(self, sent: Mapping[str, list[object]]) -> list[str]:
        return [
            name
            for name in self.choices.keys() & sent.keys()
            if all(isinstance(item, str) and item not in self.choices[name] for item in sent[name])
        ]


class OneOfModels:
    """Marks a union of models: `Annotated[Cat | Dog, OneOfModels()]`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the plain union, with error messages for the most likely model only."""
        branches = tuple(Branch(model) for model in get_args(source))
        union = handler(source)
        if union["type"] != "union":
            return union
        schemas = [each[0] if isinstance(each, tuple) else each for each in union["choices"]]
        labelled = dict(zip([each.label for each in branches], schemas, strict=True))
        plain = core_schema.union_schema([(schema, label) for label, schema in labelled.items()])
        message = _describe_models(branches)
        # JSON uses a tagged union: a wrap validator would receive Python values, to which other strictness rules apply.
        tagged = core_schema.tagged_union_schema(
            {**labelled, _OPEN: plain},
            _make_selector(branches),
            custom_error_type="one_of_models",
            custom_error_message=message,
        )
        wrapped = core_schema.no_info_wrap_validator_function(_make_validator(branches, message), plain)
        return core_schema.json_or_python_schema(tagged, wrapped)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON schema of the plain union."""
        wrapped = cast("core_schema.JsonOrPythonSchema", schema)["python_schema"]
        return handler(cast("core_schema.WrapValidatorFunctionSchema", wrapped)["schema"])


def _make_selector(branches: Sequence[Branch]) -> Callable[[Any], str | None]:
    """Return a function that returns the label of the branch of a value.

    This is the only branch that the value may fit, the best match if it fits none, or `_OPEN` if it may fit several.
    """

    def select(value: Any) -> str | None:
        if isinstance(value, Model):  # on serialization
            return next((each.label for each in branches if type(value) is each.model), _OPEN)
        if not isinstance(value, dict):
            return None
        sent = cast("dict[str, object]", value)
        fitting = [each for each in branches if each.fits(sent)]
        if len(fitting) > 1:
            return _OPEN
        match = fitting[0] if fitting else _find_best_match(branches, sent)
        return match.label if match else None

    return select


def _make_validator(
    branches: Sequence[Branch], message: str
) -> Callable[[Any, core_schema.ValidatorFunctionWrapHandler], Any]:
    """Return a wrap validator that reports only the errors of the best match, or `message` if there is none."""

    def validate_union(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
        try:
            return validate(value)
        except ValidationError as error:
            match = _find_best_match(branches, value) if _is_mapping(value) else None
            if match is None:
                raise PydanticCustomError("one_of_models", cast("Any", message)) from None
            raise _keep_errors(error, match.label) from None

    return validate_union


def _is_mapping(value: Any) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def _find_best_match(branches: Sequence[Branch], value: Mapping[str, object]) -> Branch | None:
    """Return the branch with the highest score, or None if no branch shares a property name. Ties go to the first."""
    known = [each for each in branches if each.shares_names(value)]
    return max(known, key=lambda each: each.score(value), default=None)


def _keep_errors(error: ValidationError, label: str) -> ValidationError:
    """Return the part of `error` from the branch `label`, with that label removed from the locations."""
    kept = [
        _rebuild(each, each["loc"][1:]) for each in error.errors(include_url=False) if each["loc"][0] == label
    ]
    return ValidationError.from_exception_data(error.title, kept)


def _rebuild(details: ErrorDetails, at: tuple[int | str, ...]) -> InitErrorDetails:
    kind = details["type"]
    if kind in _PYDANTICS_OWN:
        return InitErrorDetails(type=kind, loc=at, input=details["input"], ctx=details.get("ctx", {}))
    other = PydanticCustomError(cast("Any", kind), cast("Any", details["msg"]))
    return InitErrorDetails(type=other, loc=at, input=details["input"])


def _describe_models(branches: Sequence[Branch]) -> str:
    *names, last = [each.model.__name__ for each in branches]
    return f"Input should be a valid {', '.join(names)} or {last}"


def _find_strings(annotation: Any) -> frozenset[str]:
    """Return the strings that a `Literal`, an enum or a union of them allows, otherwise none. Ignores `None`."""
    origin = get_origin(annotation)
    if origin is Literal:
        values = get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        values = tuple(member.value for member in annotation)
    elif origin is Annotated:
        return _find_strings(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        parts = [_find_strings(each) for each in get_args(annotation) if each is not type(None)]
        return frozenset[str]().union(*parts) if all(parts) else frozenset()
    else:
        return frozenset()
    return frozenset(values) if all(isinstance(each, str) for each in values) else frozenset()
