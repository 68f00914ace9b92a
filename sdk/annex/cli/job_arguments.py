"""A job's arguments as they are typed: `key=value`, `key:=json`, `--key value`, `--flag`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from annex.cli.scope_names import asset_named, dataset_named, model_named, predictor_named
from annex.errors import BadInput

if TYPE_CHECKING:
    from annex.client.nouns import Sync
    from annex.client.project import ProjectScope

LISTS: Final = frozenset({"datasets", "fractions"})
"""Arguments that hold several values: repeated, or with commas between."""

NAMED: Final[dict[str, Callable[[Any, str], Any]]] = {
    "dataset": dataset_named,
    "datasets": dataset_named,
    "evaluation_dataset": dataset_named,
    "asset": asset_named,
    "model": model_named,
    "pretrained": model_named,
    "predictor": predictor_named,
}
"""Arguments that name a thing of the project: a name may stand where the API wants an id."""


def read_arguments(words: Sequence[str]) -> dict[str, Any]:
    """Return the arguments as text and lists of text; the server turns text into numbers.

    A dot leads into an argument: `predictor.kind=rules` is the kind of `predictor`.

    Raises: BadInput for a word that is neither.
    """
    found: dict[str, Any] = {}
    for key, value in _pairs(words):
        if key in found:
            before = found[key] if isinstance(found[key], list) else [found[key]]
            found[key] = [*before, *(value if isinstance(value, list) else [value])]
        else:
            found[key] = value
    return _nested(found)


def _nested(found: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for path, value in found.items():
        *outer, last = path.split(".")
        place = nested
        for name in outer:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise BadInput(f"{name} is given whole and in parts.")
        if last in place:
            raise BadInput(f"{last} is given whole and in parts.")
        place[last] = value
    return nested


def with_ids(scope: ProjectScope[Sync], arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with ids for names. Raises: NoneOfThatName, BadInput."""
    return {key: _resolved(scope, key, value) for key, value in arguments.items()}


def _resolved(scope: ProjectScope[Sync], key: str, value: Any) -> Any:
    find = NAMED.get(key)
    if find is None:
        return value
    if isinstance(value, list):
        return [find(scope, each) if isinstance(each, str) else each for each in value]
    return find(scope, value) if isinstance(value, str) else value


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, Any]]:
    rest = iter(range(len(words)))
    for index in rest:
        word = words[index]
        if word.startswith("--") and "=" not in word:
            following = words[index + 1] if index + 1 < len(words) else "--"
            if following.startswith("--"):
                yield _key(word), True
            else:
                next(rest)
                yield _value(_key(word), following)
        else:
            yield _pair(word)


def _pair(word: str) -> tuple[str, Any]:
    key, equals, value = word.partition("=")
    if not equals or not key.strip("-"):
        raise BadInput(f"{word} is no argument of a job: write key=value or --key value.")
    if key.endswith(":"):
        try:
            return _key(key[:-1]), json.loads(value)
        except ValueError:
            raise BadInput(f"What follows {key}= is not JSON.") from None
    return _value(_key(key), value)


def _value(key: str, value: str) -> tuple[str, Any]:
    return (key, value.split(",")) if key in LISTS else (key, value)


def _key(word: str) -> str:
    return word.lstrip("-").replace("-", "_")
