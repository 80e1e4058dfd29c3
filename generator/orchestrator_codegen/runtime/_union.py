"""Unions of models: what fits none of them is told as the one that was meant, not as all of them.

What is accepted, and as which model, is what the plain union accepts. A value is held against the names of its
properties, and against those properties that may only have certain values.
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

# Stands for a JSON value that several models may fit: the plain union then says which does.
_OPEN = "(...)"

_PYDANTICS_OWN = frozenset[str](get_args(core_schema.ErrorType))
_LABEL = re.compile(r"\(.+\)|(?:literal|[a-z-]*enum|function-[a-z]+)\[.*\]")


def drop_labels(at: Sequence[int | str]) -> tuple[int | str, ...]:
    """Return the place `at` of an error without what stands there for the branches that a union tried."""
    return tuple(part for part in at if not (isinstance(part, str) and _LABEL.fullmatch(part)))


@dataclass(frozen=True)
class Branch:
    """One model of a union, with what tells it from the others."""

    model: type[Model]

    @property
    def label(self) -> str:
        """What stands for the model in the places of errors, where pydantic wants something to stand there."""
        return f"({self.model.__name__})"

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The attribute that each name stands for: its own, and the one on the wire."""
        fields = self.model.model_fields
        return {name: name for name in fields} | {
            field.alias: name for name, field in fields.items() if field.alias
        }

    @cached_property
    def required(self) -> frozenset[str]:
        """The attributes that must be there."""
        return frozenset(name for name, field in self.model.model_fields.items() if field.is_required())

    @cached_property
    def choices(self) -> Mapping[str, frozenset[str]]:
        """The texts that each attribute may have, for those that may have no others."""
        found = {name: _find_texts(field.annotation) for name, field in self.model.model_fields.items()}
        return {name: texts for name, texts in found.items() if texts}

    @cached_property
    def _needed(self) -> Sequence[frozenset[str]]:
        return [self._spell(name) for name in self.required]

    @cached_property
    def _chosen(self) -> Sequence[tuple[frozenset[str], frozenset[str]]]:
        return [(self._spell(name), texts) for name, texts in self.choices.items()]

    def _spell(self, attribute: str) -> frozenset[str]:
        # Not from `names`: what is one attribute's own name may be another's on the wire, and then stands for both.
        return frozenset({attribute, self.model.model_fields[attribute].alias or attribute})

    def fits(self, value: Mapping[str, object]) -> bool:
        """Say whether `value` may be one of this branch: nothing required is missing, and no text is a wrong one."""
        for names in self._needed:
            if names.isdisjoint(value):
                return False
        for names, texts in self._chosen:
            items = [value[name] for name in names if name in value]
            if items and all(isinstance(item, str) and item not in texts for item in items):
                return False
        return True

    def weigh(self, value: Mapping[str, object]) -> tuple[int, int]:
        """Say how much speaks for this branch: first the properties with only one value, then all there is."""
        sent = self._find_sent(value)
        wrong = set(self._list_wrong(sent))
        constant = {name for name, texts in self.choices.items() if len(texts) == 1 and name in sent}
        right = (self.choices.keys() & sent.keys()) - wrong
        surplus = value.keys() - self.names.keys() if self.model.model_config.get("extra") == "forbid" else ()
        names = len(sent) - len(self.required - sent.keys()) - len(surplus)
        return len(constant - wrong) - len(constant & wrong), names + len(right) - len(wrong)

    def knows(self, value: Mapping[str, object]) -> bool:
        """Say whether any property of `value` is one of the model's."""
        return bool(self._find_sent(value))

    def _find_sent(self, value: Mapping[str, object]) -> dict[str, list[object]]:
        """Return what was sent for each attribute: two values where it was sent under both of its names."""
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
        """Return the plain union, with an eye on what fits none of its models."""
        branches = tuple(Branch(model) for model in get_args(source))
        union = handler(source)
        if union["type"] != "union":
            return union
        schemas = [each[0] if isinstance(each, tuple) else each for each in union["choices"]]
        labelled = dict(zip([each.label for each in branches], schemas, strict=True))
        plain = core_schema.union_schema([(schema, label) for label, schema in labelled.items()])
        said = _say_none(branches)
        # JSON goes by a tag: a function around the union would get Python's values, and strictness would know others.
        tagged = core_schema.tagged_union_schema(
            {**labelled, _OPEN: plain},
            _tell(branches),
            custom_error_type="one_of_models",
            custom_error_message=said,
        )
        watched = core_schema.no_info_wrap_validator_function(_watch(branches, said), plain)
        return core_schema.json_or_python_schema(tagged, watched)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return what the plain union says of itself."""
        watched = cast("core_schema.JsonOrPythonSchema", schema)["python_schema"]
        return handler(cast("core_schema.WrapValidatorFunctionSchema", watched)["schema"])


def _tell(branches: Sequence[Branch]) -> Callable[[Any], str | None]:
    """Return what names the branch of a value: the only one that it may fit, or the meant one where it fits none."""

    def tell(value: Any) -> str | None:
        if isinstance(value, Model):  # it is being written, not read
            return next((each.label for each in branches if type(value) is each.model), _OPEN)
        if not isinstance(value, dict):
            return None
        sent = cast("dict[str, object]", value)
        fitting = [each for each in branches if each.fits(sent)]
        if len(fitting) > 1:
            return _OPEN
        meant = fitting[0] if fitting else _find_meant(branches, sent)
        return meant.label if meant else None

    return tell


def _watch(
    branches: Sequence[Branch], said: str
) -> Callable[[Any, core_schema.ValidatorFunctionWrapHandler], Any]:
    """Return what validates a value as the union does, and tells the errors of the meant branch alone."""

    def watch(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
        try:
            return validate(value)
        except ValidationError as error:
            meant = _find_meant(branches, value) if _is_mapping(value) else None
            if meant is None:
                raise PydanticCustomError("one_of_models", cast("Any", said)) from None
            raise _keep(error, meant.label) from None

    return watch


def _is_mapping(value: Any) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping)


def _find_meant(branches: Sequence[Branch], value: Mapping[str, object]) -> Branch | None:
    """Return the branch that most speaks for, and of equals the first; none where nothing speaks for any."""
    known = [each for each in branches if each.knows(value)]
    return max(known, key=lambda each: each.weigh(value), default=None)


def _keep(error: ValidationError, label: str) -> ValidationError:
    """Return the part of `error` that came from the branch `label`, at places without that label."""
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


def _say_none(branches: Sequence[Branch]) -> str:
    *names, last = [each.model.__name__ for each in branches]
    return f"Input should be a valid {', '.join(names)} or {last}"


def _find_texts(annotation: Any) -> frozenset[str]:
    """Return the texts that `annotation` allows, where it is a choice of texts; None beside them changes nothing."""
    origin = get_origin(annotation)
    if origin is Literal:
        values = get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        values = tuple(member.value for member in annotation)
    elif origin is Annotated:
        return _find_texts(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        parts = [_find_texts(each) for each in get_args(annotation) if each is not type(None)]
        return frozenset[str]().union(*parts) if all(parts) else frozenset()
    else:
        return frozenset()
    return frozenset(values) if all(isinstance(each, str) for each in values) else frozenset()
