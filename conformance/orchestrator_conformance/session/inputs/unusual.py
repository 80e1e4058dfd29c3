"""Draws inputs that backends often lose or change on the way, as far as the input schema of a workflow allows them."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from random import Random
from typing import Any, Final

from ...target.untrusted_schemas import compile_schema

# The most inputs of one workflow that are varied, and the most runs of it.
_INPUTS: Final = 12
_RUNS: Final = 3
# The largest integers that every JSON parser reads exactly are below this.
_EXACT: Final = 2**53


def draw_values(seed: int) -> dict[str, Any]:
    """Return unusual values by kind, drawn from `seed`."""
    random = Random(seed)
    return {**_draw_texts(random), **_draw_scalars(random), **_draw_structures(random)}


def _draw_texts(random: Random) -> dict[str, str]:
    word, day = _word(random), random.randint(10, 28)
    number = random.randint(100, 899)
    return {
        "text with leading zeros": f"00{number}",
        "text with a trailing zero": f"{number}.50",
        "text like a power": f"{number}e{random.randint(2, 9)}",
        "text like a date": f"2026-0{random.randint(1, 9)}-{day}",
        "text like a timestamp": f"2026-03-{day}T1{random.randint(0, 9)}:30:00+02:00",
        "text like a literal": random.choice(["true", "false", "null"]),
        "text outside the basic plane": f"{word} {chr(0x1F600 + number % 64)}{chr(0x20000 + number)}",
        "text with blanks around": f"  {word}   {word} ",
        "text of several lines": f"{word}\r\n\t{word}\n",
        "text like JSON": f'{{"{word}": [{number}]}}',
        "long text": "".join(f"{word} {place} " for place in range(number)) + word,
        "empty text": "",
    }


def _draw_scalars(random: Random) -> dict[str, Any]:
    return {
        "null": None,
        "false": False,
        "true": True,
        "zero": 0,
        "negative fraction": -random.randint(1, 99) - 0.125,
        "large integer": _EXACT - random.randint(1, 10**6),
    }


def _draw_structures(random: Random) -> dict[str, Any]:
    word, number = _word(random), random.randint(1, 99)
    return {
        "nested object": {word: {"inner": {"text": _word(random), "flag": False, "none": None, "deep": {}}}},
        "nested list": [[number, [_word(random)]], [], [None, {"text": _word(random)}]],
        "list with repetitions": [3, 1, number, 1, 3],
        "list of one": [_word(random)],
        "list of objects": [{"name": _word(random), "none": None}, {"name": ""}],
        "empty object": {},
        "empty list": [],
    }


def draw_names(seed: int) -> list[str]:
    """Return unusual names of inputs, drawn from `seed`. Two of them differ only in case."""
    random = Random(seed)
    one, other = _word(random), _word(random)
    return [
        f"{one}-{other}",
        f"{one}.{other}",
        f"{one} {other}",
        f"{one}/{other}",
        f"{random.randint(1, 9)}{one}",
        f"{other}\u00e9\u4e16",
        f"{one}{other.capitalize()}",
        f"{one}{other}",
    ]


def is_usual(name: str) -> bool:
    """Whether the name of an input is an ASCII identifier."""
    return name.isascii() and name.isidentifier()


def _word(random: Random) -> str:
    return "".join(random.choices(string.ascii_lowercase, k=7))


def make_up_inputs(schema: Any, inputs: Mapping[str, Any], seed: int, variant: int = 0) -> dict[str, Any]:
    """Return inputs that `schema` does not name but allows beside `inputs`, or an empty dict if it allows none.

    Each kind of value has an ordinary name, and each unusual name has a text. The names depend on `seed` only; the
    values differ in each `variant`.
    """
    word = _word(Random(seed))
    values = draw_values(seed + 1000 * variant)
    made_up = {f"{word}{number}": value for number, value in enumerate(values.values())}
    random = Random(f"{seed} {variant}")
    made_up |= {name: _word(random) for name in draw_names(seed)}
    is_valid = _compile(schema)
    allowed = {
        name: value
        for name, value in made_up.items()
        if name not in inputs and is_valid({**inputs, name: value})
    }
    return allowed if is_valid({**inputs, **allowed}) else {}


def _compile(schema: Any) -> Callable[[Any], bool]:
    """Return a function that says whether inputs are valid. Without a schema all are, with an unusable one none are."""
    if not isinstance(schema, dict) or not schema:
        return lambda inputs: True
    return compile_schema(schema) or (lambda inputs: False)


def vary_named_inputs(
    schema: Any, inputs: Mapping[str, Any], seed: int, used: set[str]
) -> Iterator[dict[str, Any]]:
    """Yield inputs that satisfy `schema`, with unusual values in place of those of `inputs`.

    Each kind of value is used once. The kinds in `used` are not used again, and those that are used are added.
    """
    values, is_valid = draw_values(seed), _compile(schema)
    candidates = {
        name: [
            (kind, each)
            for kind, each in _iter_replacements(value, values)
            if is_valid({**inputs, name: each})
        ]
        for name, value in islice(inputs.items(), _INPUTS)
    }
    for _ in range(_RUNS):
        chosen: dict[str, Any] = {}
        for name, choices in candidates.items():
            for kind, value in choices:
                if kind not in used and is_valid({**inputs, **chosen, name: value}):
                    used.add(kind)
                    chosen[name] = value
                    break
        if not chosen:
            return
        yield {**inputs, **chosen}


def _iter_replacements(value: Any, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield unusual values, first those of the same JSON type as `value`, and then those inside of it."""
    yield from sorted(values.items(), key=lambda each: type(each[1]) is not type(value))
    match value:
        case dict():
            for name in value:
                yield from ((f"{kind} in an object", {**value, name: each}) for kind, each in values.items())
            for name in draw_names(len(value)):
                yield f"{name} in an object", {**value, name: f"value of {name}"}
        case list():
            for kind, each in values.items():
                yield f"{kind} in a list", [each]
                yield f"{kind} in a list", [each, *value]
        case _:
            return
